import { uuidv7 } from 'uuidv7'
import { systemQuery } from '#src/db/scope.ts'
import type { Contact } from '#src/viewer.ts'

// Ends what the condition picks of this contact's sessions, and says so in the audit log, in one statement.
const END = (condition: string) => `with ended as (
    update session set ended_at = now()
    where tenant_id = $1 and contact_id = $2 and ended_at is null and expires_at > now() and ${condition}
    returning id
  ), logged as (
    insert into audit_event (tenant_id, id, company_id, actor_kind, actor_id, actor_name, action, object_kind, object_id, ip, data)
    select $1, $4, $5, 'contact', $2, $6, $7, 'session', $3, $8::inet, jsonb_build_object('sessions', count(*))
    from ended having count(*) > 0
  )
  select count(*) as ended from ended`

const ENDINGS = {
  one: END('id = $3'),
  others: END('id <> $3'),
  all: END('$3::uuid is not null'),
}

type Why = 'signed-out' | 'session-ended'

const run = async (which: keyof typeof ENDINGS, viewer: Contact, id: string, why: Why, ip: string) => {
  const { tenantId, contactId, companyId, name } = viewer
  const values = [tenantId, contactId, id, uuidv7(), companyId, name, `sign-in.${why}`, ip]
  const [row] = await systemQuery<{ ended: number }>(ENDINGS[which], values)
  return row?.ended ?? 0
}

/** Ends one session of this contact's. False: it isn't there, not hers, or over already. */
export const endSession = async (viewer: Contact, id: string, why: Why, ip: string): Promise<boolean> =>
  (await run('one', viewer, id, why, ip)) > 0

/** Ends all of her sessions, or all but the one she is in. Answers how many. */
export const endSessions = (viewer: Contact, which: 'others' | 'all', ip: string): Promise<number> =>
  run(which, viewer, viewer.sessionId, 'session-ended', ip)
