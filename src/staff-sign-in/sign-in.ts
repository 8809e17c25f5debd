import { asSystem, type Db } from '#src/db/scope.ts'
import { emailKey } from '#src/sign-in/address.ts'
import { recordStaffSignIn } from '#src/staff-sign-in/audit.ts'
import { type Member, openStaffSession, type StaffEntry, type staffVisit } from '#src/staff-sign-in/enter.ts'
import { fitsPassword } from '#src/staff-sign-in/password.ts'
import { checkProof } from '#src/staff-sign-in/proof.ts'
import { finishStep, type Step, startStep, takeTry } from '#src/staff-sign-in/steps.ts'

type Visit = ReturnType<typeof staffVisit>

const findMember = (db: Db, key: string) =>
  db
    .selectFrom('staff_member')
    .select(['id', 'name', 'password_hash', 'disabled_at'])
    .where('email_key', '=', key)
    .executeTakeFirst()

/**
 * Whether address and password belong to somebody who may sign in; then begins the step to the second factor and answers
 * its id. For all others the same work is done and nothing is told.
 */
export const checkPassword = async (
  tenantId: string | undefined,
  email: string,
  password: string,
  ip: string,
): Promise<string | undefined> => {
  const key = emailKey(email)
  const member = tenantId
    ? await asSystem('staff: sign in', (db) => findMember(db, key), tenantId)
    : undefined
  const fits = await fitsPassword(password, member?.password_hash)
  if (!tenantId) return undefined
  return asSystem(
    'staff: sign in',
    async (db) => {
      if (member && fits && !member.disabled_at) return startStep(db, 'second-factor', member.id)
      const staff = member && { id: member.id, name: member.name }
      await recordStaffSignIn(db, { action: 'wrong-password', staff, emailKey: key, ip })
      return undefined
    },
    tenantId,
  )
}

/** Which second factors somebody has. */
export const factorsOf = (tenantId: string, staffId: string) =>
  asSystem(
    'staff: second factors',
    async (db) => {
      const member = await db
        .selectFrom('staff_member')
        .select('totp_confirmed_at')
        .where('id', '=', staffId)
        .executeTakeFirst()
      const passkey = await db
        .selectFrom('staff_passkey')
        .select('id')
        .where('staff_id', '=', staffId)
        .limit(1)
        .executeTakeFirst()
      return { totp: Boolean(member?.totp_confirmed_at), passkey: passkey !== undefined }
    },
    tenantId,
  )

export const memberOf = ({ tenantId, staffId, name, email }: Step): Member => ({
  tenantId,
  staffId,
  name,
  email,
})

/** The second factor, typed. `over`: no tries are left. */
export const finishWithCode = (
  step: Step,
  typed: string,
  visit: Visit,
): Promise<StaffEntry | 'wrong' | 'over'> =>
  asSystem(
    'staff: second factor',
    async (db) => {
      const left = await takeTry(db, step.id)
      if (left === undefined) return 'over'
      const by = await checkProof(db, step.staffId, typed)
      if (by && (await finishStep(db, step.id)))
        return (await openStaffSession(db, memberOf(step), visit, { method: 'password', by })) ?? 'over'
      const staff = { id: step.staffId, name: step.name }
      await recordStaffSignIn(db, { action: 'wrong-code', staff, ip: visit.ip })
      return left > 0 ? 'wrong' : 'over'
    },
    step.tenantId,
  )

/** A passkey answered: alone, or after the password. */
export const enterWithPasskey = (
  holder: { tenantId: string; staffId: string },
  visit: Visit,
): Promise<StaffEntry | undefined> =>
  asSystem(
    'staff: sign in by passkey',
    async (db) => {
      const member = await db
        .selectFrom('staff_member')
        .select(['name', 'email'])
        .where('id', '=', holder.staffId)
        .where('disabled_at', 'is', null)
        .executeTakeFirst()
      if (!member) return undefined
      const who = { ...holder, name: member.name, email: member.email ?? '' }
      return openStaffSession(db, who, visit, { method: 'passkey', by: 'passkey' })
    },
    holder.tenantId,
  )
