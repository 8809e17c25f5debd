import { z } from 'zod'
import { asSystem, type Db } from '#src/db/scope.ts'
import { job } from '#src/jobs/job.ts'
import { queueMail } from '#src/mail/outbox.ts'
import { STAFF_ROLE_NAMES, staffPermissionsOf } from '#src/permissions.ts'

const DECIDERS = STAFF_ROLE_NAMES.filter((role) => staffPermissionsOf(role).has('staff:approvals'))

const deciders = async (db: Db) => {
  const rows = await db
    .selectFrom('staff_member')
    .select('email')
    .where('role', 'in', DECIDERS)
    .where('disabled_at', 'is', null)
    .where('mails', '<>', 'none')
    .execute()
  return rows.flatMap(({ email }) => email ?? [])
}

const find = (db: Db, id: string) =>
  db
    .selectFrom('profile_change')
    .select(['id', 'contact_id', 'email', 'email_before', 'state', 'prove_until', 'proved_at'])
    .where('id', '=', id)
    .executeTakeFirst()
type Change = NonNullable<Awaited<ReturnType<typeof find>>>

/** The mails that a request's state calls for; each goes out once, however often this is asked. */
const mailsFor = async (db: Db, { state, email, email_before: old, ...change }: Change) => {
  if (state === 'proving') return [{ kind: 'profile-code', to: email, expiresAt: change.prove_until }]
  if (state === 'waiting') {
    const asked = [{ kind: 'profile-asked', to: old, contact: true }]
    return [...asked, ...(await deciders(db)).map((to) => ({ kind: 'profile-waiting', to }))]
  }
  if (state === 'withdrawn') return []
  // an address that never answered is nobody's yet
  const both = change.proved_at ? [old, email] : [old]
  return [...new Set(both)].map((to) => ({ kind: 'profile-decided', to, contact: true }))
}

/** Tells everybody whom the state of a request concerns. */
export const profileMails = job(z.object({ tenant: z.uuid(), change: z.uuid() }), ({ tenant, change: id }) =>
  asSystem(
    'profile: mails',
    async (db) => {
      const change = await find(db, id)
      if (!change) return
      for (const mail of await mailsFor(db, change))
        await queueMail(db, {
          kind: mail.kind,
          to: mail.to,
          contactId: 'contact' in mail ? change.contact_id : undefined,
          data: { change: id },
          dedupeKey: `${mail.kind} ${id} ${mail.to}`,
          expiresAt: ('expiresAt' in mail && mail.expiresAt) || undefined,
        })
    },
    tenant,
  ),
)
