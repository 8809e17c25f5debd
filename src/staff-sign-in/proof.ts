import { asSystem, type Db } from '#src/db/scope.ts'
import { unseal } from '#src/seal.ts'
import { typedRecovery, useRecoveryCode } from '#src/staff-sign-in/recovery.ts'
import { matchingStep, typedTotp } from '#src/staff-sign-in/totp.ts'

export type Proof = 'totp' | 'recovery'

/** Takes a step for good: of two that bring the same code at the same time, one gets it. */
const takeStep = async (db: Db, staffId: string, step: number) => {
  const taken = await db
    .updateTable('staff_member')
    .set({ totp_last_step: step })
    .where('id', '=', staffId)
    .where('totp_last_step', '<', step)
    .returning('id')
    .executeTakeFirst()
  return taken !== undefined
}

const checkTotp = async (db: Db, staffId: string, code: string) => {
  const member = await db
    .selectFrom('staff_member')
    .select('totp_secret')
    .where('id', '=', staffId)
    .where('totp_confirmed_at', 'is not', null)
    .executeTakeFirst()
  if (!member?.totp_secret) return false
  const step = matchingStep(unseal(db.tenant, 'totp', member.totp_secret), code)
  return step !== undefined && takeStep(db, staffId, step)
}

/**
 * Whether what was typed is a code of her authenticator or one of her recovery codes; it counts once. `db` is the system's,
 * with her tenant. Whoever calls it limits the tries.
 */
export const checkProof = async (db: Db, staffId: string, typed: string): Promise<Proof | undefined> => {
  const totp = typedTotp(typed)
  if (totp) return (await checkTotp(db, staffId, totp)) ? 'totp' : undefined
  const recovery = typedRecovery(typed)
  return recovery && (await useRecoveryCode(db, staffId, recovery)) ? 'recovery' : undefined
}

/** The same in a transaction of its own: the code is used up whatever becomes of the request. */
export const proveWith = (tenantId: string, staffId: string, typed: string): Promise<Proof | undefined> =>
  asSystem('staff: check a code', (db) => checkProof(db, staffId, typed), tenantId)
