import { uuidv7 } from 'uuidv7'
import type { Db } from '#src/db/scope.ts'
import { emailKey } from '#src/sign-in/address.ts'
import { startStep } from '#src/staff-sign-in/steps.ts'

/**
 * The one who runs a new tenant; companies, contacts and colleagues are hers to add. Answers the step to her second
 * factor, without which she doesn't come in either.
 */
export const addFirstAdministrator = async (
  db: Db,
  { name, email, passwordHash }: { name: string; email: string; passwordHash: string },
): Promise<string> => {
  const id = uuidv7()
  const now = new Date()
  await db
    .insertInto('staff_member')
    .values({
      id,
      name,
      email,
      email_key: emailKey(email),
      role: 'administrator',
      invited_at: now,
      password_hash: passwordHash,
      password_set_at: now,
    })
    .execute()
  return startStep(db, 'second-factor', id)
}
