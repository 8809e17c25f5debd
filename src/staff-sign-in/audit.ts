import { uuidv7 } from 'uuidv7'
import type { Json } from '#src/db/schema.gen.ts'
import { asSystem, type Db } from '#src/db/scope.ts'
import { addressHash } from '#src/sign-in/audit.ts'

type StaffSignInAction =
  | 'signed-in'
  | 'signed-out'
  | 'wrong-password'
  | 'wrong-code'
  | 'limited'
  | 'proved'
  | 'not-proved'
  | 'reset-asked'
  | 'reset'
  | 'invitation-accepted'
  | 'session-ended'
  | 'administrator-invited'

export type StaffSignInEvent = {
  action: StaffSignInAction
  /** Whose account it is; without it only the address that was typed, as a hash. */
  staff?: { id: string; name: string } | undefined
  emailKey?: string
  ip: string | null
  data?: { [key: string]: Json }
}

/** One row of the audit log about how staff sign in. `db` is the system's, with the tenant. */
export const recordStaffSignIn = async (db: Db, event: StaffSignInEvent) => {
  const { staff, emailKey } = event
  const address = !staff && emailKey ? { address: addressHash(emailKey) } : {}
  await db
    .insertInto('audit_event')
    .values({
      id: uuidv7(),
      actor_kind: staff ? 'staff' : 'nobody',
      actor_id: staff?.id ?? null,
      actor_name: staff?.name ?? '',
      action: `staff-sign-in.${event.action}`,
      object_kind: staff ? 'staff_member' : null,
      object_id: staff?.id ?? null,
      ip: event.ip,
      data: JSON.stringify({ ...address, ...event.data }),
    })
    .execute()
}

/** The same, whatever becomes of the request that it tells of. */
export const noteStaffSignIn = (tenantId: string, event: StaffSignInEvent) =>
  asSystem('staff: note a sign-in event', (db) => recordStaffSignIn(db, event), tenantId)
