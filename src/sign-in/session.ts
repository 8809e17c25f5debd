import { systemQuery } from '#src/db/scope.ts'
import { permissionsOf, withoutAreas } from '#src/permissions.ts'
import { openToken } from '#src/secret.ts'
import { TENANT_COLUMNS, type Tenant, type TenantRow, tenantOf } from '#src/tenants/tenant.ts'
import type { Contact } from '#src/viewer.ts'

export type Preferences = { locale: string; timeZone: string; theme: 'system' | 'light' | 'dark' }
export type Session = { viewer: Contact; tenant: Tenant; preferences: Preferences }

/** What is read of a contact to let her in. */
export type PersonRow = TenantRow & {
  contact_id: string
  company_id: string
  name: string
  email: string
  locale: string | null
  time_zone: string | null
  theme: Preferences['theme']
  company_name: string
  preset: string | null
  permissions: string[]
}

type Row = PersonRow & { session_id: string; unseen: boolean }

/** The columns that `sessionFor` reads, of contact c, company o, role r and tenant t. */
export const PERSON_COLUMNS = `c.id as contact_id, c.company_id, c.name, c.email, c.locale, c.time_zone, c.theme, o.name as company_name,
  r.preset, r.permissions, ${TENANT_COLUMNS}`

/** Who may come in at all. */
export const PERSON_COMES_IN =
  't.suspended_at is null and c.disabled_at is null and c.archived_at is null and o.archived_at is null'

const LOOK_UP = `select s.id as session_id, s.last_seen_at < now() - interval '1 minute' as unseen, ${PERSON_COLUMNS}
  from session s
    join tenant t on t.tenant_id = s.tenant_id
    join contact c on c.tenant_id = s.tenant_id and c.id = s.contact_id
    join company o on o.tenant_id = s.tenant_id and o.id = s.company_id
    join role r on r.tenant_id = s.tenant_id and r.id = c.role_id
  where s.tenant_id = $1 and s.token_hash = $2 and s.ended_at is null and s.expires_at > now()
    and s.last_seen_at > now() - make_interval(mins => coalesce((t.settings->>'sessionIdleMinutes')::int, 480))
    and ${PERSON_COMES_IN}`

const SEEN = `update session set last_seen_at = now()
  where tenant_id = $1 and id = $2 and last_seen_at < now() - interval '1 minute'`

/** The session of this person, with the permissions of this moment. */
export const sessionFor = (row: PersonRow, sessionId: string): Session => {
  const tenant = tenantOf(row)
  return {
    tenant,
    viewer: {
      kind: 'contact',
      tenantId: row.tenant_id,
      companyId: row.company_id,
      contactId: row.contact_id,
      sessionId,
      name: row.name,
      email: row.email,
      companyName: row.company_name,
      permissions: withoutAreas(permissionsOf(row), tenant.settings.areasOff),
    },
    preferences: {
      locale: row.locale ?? tenant.locale,
      timeZone: row.time_zone ?? tenant.timeZone,
      theme: row.theme,
    },
  }
}

/**
 * Who the cookie's session belongs to, with the permissions of this moment; undefined when it is over or never was. A
 * glance doesn't count as the person's being here.
 */
export const readSession = async (
  token: string | undefined,
  glance?: 'glance',
): Promise<Session | undefined> => {
  const opened = token && openToken(token)
  if (!opened) return undefined
  const [row] = await systemQuery<Row>(LOOK_UP, [opened.tenantId, opened.hash])
  if (!row) return undefined
  if (row.unseen && !glance) await systemQuery(SEEN, [row.tenant_id, row.session_id])
  return sessionFor(row, row.session_id)
}
