import { z } from 'zod'
import { asSystem, type Db } from '#src/db/scope.ts'
import { seal, unseal } from '#src/seal.ts'
import { openStaffSession, type StaffEntry, type staffVisit } from '#src/staff-sign-in/enter.ts'
import { addPasskey, type Rp } from '#src/staff-sign-in/passkeys.ts'
import { replaceRecoveryCodes } from '#src/staff-sign-in/recovery.ts'
import { memberOf } from '#src/staff-sign-in/sign-in.ts'
import { finishStep, keepInStep, type Step } from '#src/staff-sign-in/steps.ts'
import { matchingStep, newSecret, typedTotp } from '#src/staff-sign-in/totp.ts'

type Visit = ReturnType<typeof staffVisit>

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
