import { sql } from 'kysely'
import { asSystem, type Db } from '#src/db/scope.ts'
import { recordStaffSignIn } from '#src/staff-sign-in/audit.ts'
import { endAllSessions } from '#src/staff-sign-in/endings.ts'
import { hashPassword } from '#src/staff-sign-in/password.ts'
import { finishStep, type Step, startStep, voidSteps } from '#src/staff-sign-in/steps.ts'

/** Sets a password. What was opened or begun with the old one is over, but for one session if it is named. */
export const setPassword = async (db: Db, staffId: string, hash: string, session?: string) => {
  await db
    .updateTable('staff_member')
    .set({ password_hash: hash, password_set_at: sql<Date>`now()` })
    .where('id', '=', staffId)
    .execute()
  await endAllSessions(db, staffId, session)
  await voidSteps(db, staffId, ['second-factor', 'reset'])
}

/** Uses a reset up. Answers the step to the second factor, which is still asked for; undefined: somebody was faster. */
export const resetPassword = async (
  step: Step,
  password: string,
  ip: string,
): Promise<string | undefined> => {
  const hash = await hashPassword(password)
  return asSystem(
    'staff: reset a password',
    async (db) => {
      if (!(await finishStep(db, step.id))) return undefined
      await setPassword(db, step.staffId, hash)
      await recordStaffSignIn(db, { action: 'reset', staff: { id: step.staffId, name: step.name }, ip })
      return startStep(db, 'second-factor', step.staffId)
    },
    step.tenantId,
  )
}

/**
 * Uses an invitation up: name and password are hers, and she begins anew. Second factors that she had before, for who was
 * invited again because they are lost, are gone.
 */
export const acceptInvitation = async (
  step: Step,
  { name, password, ip }: { name: string; password: string; ip: string },
): Promise<string | undefined> => {
  const hash = await hashPassword(password)
  return asSystem(
    'staff: accept an invitation',
    async (db) => {
      if (!(await finishStep(db, step.id))) return undefined
      await db
        .updateTable('staff_member')
        .set({ name, totp_secret: null, totp_confirmed_at: null, totp_last_step: 0 })
        .where('id', '=', step.staffId)
        .execute()
      await db.deleteFrom('staff_passkey').where('staff_id', '=', step.staffId).execute()
      await db.deleteFrom('staff_recovery_code').where('staff_id', '=', step.staffId).execute()
      await setPassword(db, step.staffId, hash)
      await recordStaffSignIn(db, { action: 'invitation-accepted', staff: { id: step.staffId, name }, ip })
      return startStep(db, 'second-factor', step.staffId)
    },
    step.tenantId,
  )
}
