import { z } from 'zod'
import { asSystem, type Db } from '#src/db/scope.ts'
import { seal, unseal } from '#src/seal.ts'
import { emailKey } from '#src/sign-in/address.ts'
import { recordStaffSignIn } from '#src/staff-sign-in/audit.ts'
import { type Member, openStaffSession, type StaffEntry, type staffVisit } from '#src/staff-sign-in/enter.ts'
import { addPasskey, type Rp } from '#src/staff-sign-in/passkeys.ts'
import { fitsPassword } from '#src/staff-sign-in/password.ts'
import { checkProof } from '#src/staff-sign-in/proof.ts'
import { replaceRecoveryCodes } from '#src/staff-sign-in/recovery.ts'
import { finishStep, keepInStep, type Step, startStep, takeTry } from '#src/staff-sign-in/steps.ts'
import { matchingStep, newSecret, typedTotp } from '#src/staff-sign-in/totp.ts'

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

const memberOf = ({ tenantId, staffId, name, email }: Step): Member => ({ tenantId, staffId, name, email })

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

const kept = z.object({ secret: z.string() })

/** The secret that this step offers, the same on every showing of its page. */
export const offeredSecret = async (step: Step): Promise<Buffer> => {
  const earlier = kept.safeParse(step.data).data
  if (earlier) return unseal(step.tenantId, 'totp', Buffer.from(earlier.secret, 'base64'))
  const secret = newSecret()
  const sealed = seal(step.tenantId, 'totp', secret).toString('base64')
  await asSystem('staff: offer a secret', (db) => keepInStep(db, step.id, { secret: sealed }), step.tenantId)
  return secret
}

/** Turns an authenticator on for good and answers new recovery codes; undefined when the code isn't its code. */
export const turnOnTotp = async (db: Db, staffId: string, secret: Buffer, typed: string) => {
  const code = typedTotp(typed)
  const at = code && matchingStep(secret, code)
  if (!at) return undefined
  await db
    .updateTable('staff_member')
    .set({ totp_secret: seal(db.tenant, 'totp', secret), totp_confirmed_at: new Date(), totp_last_step: at })
    .where('id', '=', staffId)
    .execute()
  return replaceRecoveryCodes(db, staffId)
}

/** The first second factor, before there is a session: an authenticator … */
export const enrollTotp = async (
  step: Step,
  typed: string,
  visit: Visit,
): Promise<{ entry: StaffEntry; codes: string[] } | 'wrong' | 'over'> => {
  const secret = await offeredSecret(step)
  return asSystem(
    'staff: first second factor',
    async (db) => {
      // wrong codes may be repeated: whoever is here sees the secret
      const codes = await turnOnTotp(db, step.staffId, secret, typed)
      if (!codes) return 'wrong'
      if (!(await finishStep(db, step.id))) throw new Error('the step was used meanwhile')
      const entry = await openStaffSession(db, memberOf(step), visit, { method: 'password', by: 'enrolled' })
      return entry ? { entry, codes } : 'over'
    },
    step.tenantId,
  )
}

/** … or a passkey. */
export const enrollPasskey = (
  step: Step,
  rp: Rp,
  given: { json: string; purpose: string; name: string },
  visit: Visit,
): Promise<StaffEntry | undefined> =>
  asSystem(
    'staff: first passkey',
    async (db) => {
      if (!(await addPasskey(db, step.staffId, rp, given))) return undefined
      if (!(await finishStep(db, step.id))) throw new Error('the step was used meanwhile')
      return openStaffSession(db, memberOf(step), visit, { method: 'passkey', by: 'enrolled' })
    },
    step.tenantId,
  )
