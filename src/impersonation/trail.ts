import { uuidv7 } from 'uuidv7'
import { systemQuery } from '#src/db/scope.ts'
import type { PreviewSession } from '#src/impersonation/session.ts'
import { openToken } from '#src/secret.ts'

const COLUMNS = `(tenant_id, id, company_id, actor_kind, actor_id, actor_name, on_behalf_id, on_behalf_name, action,
  object_kind, object_id, ip, data)`

const VISIT = `insert into audit_event ${COLUMNS}
  values ($1, $2, $3, 'staff', $4, $5, $6, $7, $8, 'preview_session', $9, $10::inet, $11)`

/** What was asked for during a preview, before it is answered: what couldn't be written down is not shown. */
export const recordVisit = (
  { id, staff, session: { viewer } }: PreviewSession,
  what: 'viewed' | 'refused',
  request: { method: string; path: string; address: string },
) =>
  systemQuery(VISIT, [
    viewer.tenantId,
    uuidv7(),
    viewer.companyId,
    staff.staffId,
    staff.name,
    viewer.contactId,
    viewer.name,
    `preview.${what}`,
    id,
    request.address,
    JSON.stringify({ method: request.method, path: request.path.slice(0, 300) }),
  ])

// Ends what the condition picks, and says so in the audit log, in one statement.
const END = (condition: string) => `with ended as (
    update preview_session set ended_at = least(now(), expires_at)
    where ended_at is null and started_at is not null and ${condition}
    returning tenant_id, id, company_id, contact_id, staff_id, expires_at <= now() as expired
  )
  insert into audit_event ${COLUMNS}
  select e.tenant_id, gen_random_uuid(), e.company_id, 'staff', e.staff_id, s.name, e.contact_id, c.name, 'preview.ended',
    'preview_session', e.id, null, jsonb_build_object('why', case when e.expired then 'time' else 'access' end)
  from ended e
    join staff_member s on s.tenant_id = e.tenant_id and s.id = e.staff_id
    join contact c on c.tenant_id = e.tenant_id and c.company_id = e.company_id and c.id = e.contact_id`

const END_ONE = END('tenant_id = $1 and token_hash = $2')
const END_EXPIRED = END('expires_at <= now()')

/** A preview whose cookie opens nothing any more: its end goes on record once. */
export const endOf = async (token: string) => {
  const opened = openToken(token)
  if (opened) await systemQuery(END_ONE, [opened.tenantId, opened.hash])
}

/** Puts the end of those on record whose time is over and to which nobody came back. */
export const endExpired = () => systemQuery(END_EXPIRED, [])
