import { systemQuery } from '#src/db/scope.ts'
import { openToken } from '#src/secret.ts'
import {
  PERSON_COLUMNS,
  PERSON_COMES_IN,
  type PersonRow,
  type Session,
  sessionFor,
} from '#src/sign-in/session.ts'
import { readStaffSession } from '#src/staff-sign-in/session.ts'
import { can, type Staff } from '#src/viewer.ts'

/** Somebody of the MSP, and the session that the contact would have now. */
export type PreviewSession = { id: string; reason: string; until: Date; staff: Staff; session: Session }

type Row = PersonRow & { preview_id: string; reason: string; until: Date }

const LOOK_UP = `select p.id as preview_id, p.reason, p.expires_at as until, ${PERSON_COLUMNS}
  from preview_session p
    join tenant t on t.tenant_id = p.tenant_id
    join contact c on c.tenant_id = p.tenant_id and c.company_id = p.company_id and c.id = p.contact_id
    join company o on o.tenant_id = p.tenant_id and o.id = p.company_id
    join role r on r.tenant_id = p.tenant_id and r.id = c.role_id
  where p.tenant_id = $1 and p.token_hash = $2 and p.staff_id = $3 and p.staff_session_id = $4
    and p.ended_at is null and p.expires_at > now() and ${PERSON_COMES_IN}`

/**
 * The preview that these two cookies are: both sides are read anew, the staff member's session and right as at her own door,
 * the contact with her permissions of this moment. Undefined when any of it is over.
 */
export const readPreview = async (
  token: string,
  staffToken: string | undefined,
): Promise<PreviewSession | undefined> => {
  const opened = openToken(token)
  const staff = opened && (await readStaffSession(staffToken))?.staff
  if (!opened || !staff || staff.tenantId !== opened.tenantId || !can(staff, 'staff:impersonate'))
    return undefined
  const values = [opened.tenantId, opened.hash, staff.staffId, staff.sessionId]
  const [row] = await systemQuery<Row>(LOOK_UP, values)
  return (
    row && {
      id: row.preview_id,
      reason: row.reason,
      until: row.until,
      staff,
      session: sessionFor(row, row.preview_id),
    }
  )
}
