import { z } from 'zod'
import { asSystem } from '#src/db/scope.ts'
import { job } from '#src/jobs/job.ts'
import { queueMail } from '#src/mail/outbox.ts'
import { invitationKey } from '#src/people/state.ts'

/** Puts the mails of invitations into the outbox; one that was taken back or renewed since gets none. */
export const inviteByMail = job(
  z.object({ tenant: z.uuid(), invitations: z.array(z.uuid()).min(1) }),
  async ({ tenant, invitations }) => {
    await asSystem(
      'invite portal users',
      async (db) => {
        const people = await db
          .selectFrom('contact')
          .select(['id', 'email', 'invitation_id'])
          .where('invitation_id', 'in', invitations)
          .execute()
        for (const { id, email, invitation_id: invitation } of people)
          if (email && invitation)
            await queueMail(db, {
              kind: 'invitation',
              to: email,
              contactId: id,
              data: { invitation },
              dedupeKey: invitationKey(invitation),
            })
      },
      tenant,
    )
  },
)
