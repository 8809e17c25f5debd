import { sql } from 'kysely'
import { asSystem, type Db } from '#src/db/scope.ts'
import type { StaffRole } from '#src/permissions.ts'
import { seal, unseal } from '#src/seal.ts'
import { openStaffSession, type StaffEntry, type staffVisit } from '#src/staff-sign-in/enter.ts'
import { hashPassword } from '#src/staff-sign-in/password.ts'
import { currentCode, newSecret } from '#src/staff-sign-in/totp.ts'

/** Everybody's in the demo, and on its first page for all to read. */
export const DEMO_PASSWORD = 'seven grey herons'

/** Who has another role than technician, by the number in demo/staff.csv. */
const ROLES: Record<string, StaffRole> = { 'S-02': 'administrator', 'S-03': 'manager', 'S-08': 'viewer' }
const ORDER: StaffRole[] = ['administrator', 'manager', 'technician', 'viewer']

/** Gives the demo's staff their roles, a password and an authenticator each. */
export const admitDemoStaff = async (tenantId: string) => {
  const hash = await hashPassword(DEMO_PASSWORD)
  await asSystem(
    'demo: let staff in',
    async (db) => {
      const people = await db.selectFrom('staff_member').select(['id', 'external_id']).execute()
      for (const { id, external_id } of people)
        await db
          .updateTable('staff_member')
          .set({
            role: ROLES[external_id ?? ''] ?? 'technician',
            invited_at: sql<Date>`now()`,
            last_sign_in_at: sql<Date>`now()`,
            password_hash: hash,
            password_set_at: sql<Date>`now()`,
            totp_secret: seal(tenantId, 'totp', newSecret()),
            totp_confirmed_at: sql<Date>`now()`,
          })
          .where('id', '=', id)
          .execute()
    },
    tenantId,
  )
}

export type DemoStaff = {
  tenantId: string
  staffId: string
  name: string
  title: string | null
  email: string
  role: StaffRole
  /** What this person's authenticator shows now. */
  code: string | undefined
}

const find = (db: Db) =>
  db
    .selectFrom('staff_member')
    .select(['tenant_id', 'id', 'name', 'title', 'email', 'role', 'totp_secret'])
    .where('disabled_at', 'is', null)
    .where('password_hash', 'is not', null)
    .orderBy('name')
    .execute()

/** None when APP_SECRET has changed since: the button still signs in. */
const codeOf = (tenantId: string, sealed: Buffer) => {
  try {
    return currentCode(unseal(tenantId, 'totp', sealed))
  } catch {
    return undefined
  }
}

/** The demo's staff who can sign in, the mightiest first. */
export const demoStaff = async (): Promise<DemoStaff[]> => {
  const people = await asSystem('demo: staff', find)
  return people
    .map((row) => ({
      tenantId: row.tenant_id,
      staffId: row.id,
      name: row.name,
      title: row.title,
      email: row.email ?? '',
      role: row.role as StaffRole,
      code: row.totp_secret ? codeOf(row.tenant_id, row.totp_secret) : undefined,
    }))
    .sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role))
}

/** Signs somebody in without asking for anything: in the demo everybody may be everybody. */
export const enterAsDemoStaff = async (
  id: string,
  visit: ReturnType<typeof staffVisit>,
): Promise<StaffEntry | undefined> => {
  const person = (await demoStaff()).find(({ staffId }) => staffId === id)
  if (!person) return undefined
  return asSystem(
    'demo: sign in as staff',
    (db) => openStaffSession(db, person, visit, { method: 'password', by: 'demo' }),
    person.tenantId,
  )
}
