import { sql } from 'kysely'
import { z } from 'zod'
import { asSystem, type Db } from '#src/db/scope.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { job } from '#src/jobs/job.ts'
import { queueMail } from '#src/mail/outbox.ts'
import { recordStaffSignIn } from '#src/staff-sign-in/audit.ts'
import { accountKey, LIMITS } from '#src/staff-sign-in/limits.ts'
import { startStep, voidSteps } from '#src/staff-sign-in/steps.ts'
import { overRate } from '#src/web/rate.ts'

/** Asks for a new password. Nothing is looked up: for every address the same statements run, and a job does the rest. */
export const askForReset = async (tenantId: string, emailKey: string, ip: string) => {
  if (await overRate(LIMITS.resets, accountKey(tenantId, emailKey))) return
  await asSystem(
    'staff: ask for a new password',
    async (db) => {
      const step = await startStep(db, 'reset', null, { email: emailKey })
      await enqueue(db, 'staff:reset', { tenant: tenantId, step })
      await recordStaffSignIn(db, { action: 'reset-asked', emailKey, ip })
    },
    tenantId,
  )
}

const findAsked = (db: Db, id: string) =>
  db
    .selectFrom('staff_step')
    .select(['data', 'expires_at'])
    .where('id', '=', id)
    .where('kind', '=', 'reset')
    .where('staff_id', 'is', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst()

const findMember = (db: Db, emailKey: string) =>
  db
    .selectFrom('staff_member')
    .select(['id', 'email'])
    .where('email_key', '=', emailKey)
    .where('disabled_at', 'is', null)
    // who never came in has an invitation, or nothing
    .where('password_hash', 'is not', null)
    .executeTakeFirst()

/** Finds out whose address was typed and mails her the link; none when it is nobody's. */
export const resolveReset = job(z.object({ tenant: z.uuid(), step: z.uuid() }), ({ tenant, step }) =>
  asSystem(
    'staff: send a link for a new password',
    async (db) => {
      const asked = await findAsked(db, step)
      const email = z.object({ email: z.string() }).safeParse(asked?.data).data?.email
      const member = email ? await findMember(db, email) : undefined
      if (!asked || !member?.email) return
      await voidSteps(db, member.id, ['reset'])
      await db.updateTable('staff_step').set({ staff_id: member.id }).where('id', '=', step).execute()
      await queueMail(db, {
        kind: 'staff-reset',
        to: member.email,
        data: { step },
        dedupeKey: `staff-reset ${step}`,
        expiresAt: asked.expires_at,
      })
    },
    tenant,
  ),
)
