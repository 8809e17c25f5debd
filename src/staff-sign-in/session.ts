import { systemQuery } from '#src/db/scope.ts'
import { type StaffRole, staffPermissionsOf } from '#src/permissions.ts'
import { openToken } from '#src/secret.ts'
import type { Preferences } from '#src/sign-in/session.ts'
import { TENANT_COLUMNS, type Tenant, type TenantRow, tenantOf } from '#src/tenants/tenant.ts'
import type { Staff } from '#src/viewer.ts'

export type StaffSession = { staff: Staff; tenant: Tenant; preferences: Preferences }

type Row = TenantRow & {
  session_id: string
  staff_id: string
  name: string
  email: string | null
  role: StaffRole
  locale: string | null
  time_zone: string | null
  theme: Preferences['theme']
  proved_at: Date
  unseen: boolean
}

const LOOK_UP = `select s.id as session_id, s.staff_id, m.name, m.email, m.role, m.locale, m.time_zone, m.theme, s.proved_at,
    s.last_seen_at < now() - interval '1 minute' as unseen, ${TENANT_COLUMNS}
  from staff_session s
    join tenant t on t.tenant_id = s.tenant_id
    join staff_member m on m.tenant_id = s.tenant_id and m.id = s.staff_id
  where s.tenant_id = $1 and s.token_hash = $2 and s.ended_at is null and s.expires_at > now()
    and s.last_seen_at > now() - make_interval(mins => coalesce((t.settings->>'staffIdleMinutes')::int, 30))
    and t.suspended_at is null and m.disabled_at is null`

const SEEN = `update staff_session set last_seen_at = now()
  where tenant_id = $1 and id = $2 and last_seen_at < now() - interval '1 minute'`

/**
 * Who the staff cookie's session belongs to, with the role of this moment; undefined when it is over or never was. A
 * glance doesn't count as the person's being here.
 */
export const readStaffSession = async (
  token: string | undefined,
  glance?: 'glance',
): Promise<StaffSession | undefined> => {
  const opened = token && openToken(token)
  if (!opened) return undefined
  const [row] = await systemQuery<Row>(LOOK_UP, [opened.tenantId, opened.hash])
  if (!row) return undefined
  if (row.unseen && !glance) await systemQuery(SEEN, [row.tenant_id, row.session_id])
  const tenant = tenantOf(row)
  return {
    tenant,
    staff: {
      kind: 'staff',
      tenantId: row.tenant_id,
      staffId: row.staff_id,
      sessionId: row.session_id,
      name: row.name,
      email: row.email ?? '',
      role: row.role,
      permissions: staffPermissionsOf(row.role),
      provedAt: row.proved_at,
    },
    preferences: {
      locale: row.locale ?? tenant.locale,
      timeZone: row.time_zone ?? tenant.timeZone,
      theme: row.theme,
    },
  }
}

/** The second factor was shown in this session just now. */
export const noteProof = ({ tenantId, sessionId }: Staff) =>
  systemQuery(
    'update staff_session set proved_at = now() where tenant_id = $1 and id = $2 and ended_at is null',
    [tenantId, sessionId],
  )
