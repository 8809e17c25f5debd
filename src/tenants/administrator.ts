import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { asSystem } from '#src/db/scope.ts'
import { emailKey } from '#src/sign-in/address.ts'
import { recordStaffSignIn } from '#src/staff-sign-in/audit.ts'
import { startStep, stepToken } from '#src/staff-sign-in/steps.ts'

/**
 * Whoever runs the server lets an administrator in: the first one of a tenant from before there were any, or one who lost
 * every way in. Answers the token of an invitation, which no mail carries.
 */
export const inviteAdministrator = (tenantId: string, email: string): Promise<string> =>
  asSystem(
    'invite an administrator from the command line',
    async (db) => {
      const key = emailKey(email)
      const values = { role: 'administrator', disabled_at: null, invited_at: sql<Date>`now()` } as const
      const known = await db
        .updateTable('staff_member')
        .set(values)
        .where('email_key', '=', key)
        .returning('id')
        .executeTakeFirst()
      const id = known?.id ?? uuidv7()
      if (!known) {
        const name = email.split('@')[0] || email
        await db
          .insertInto('staff_member')
          .values({ id, name, email: email.trim(), email_key: key, ...values })
          .execute()
      }
      await recordStaffSignIn(db, { action: 'administrator-invited', emailKey: key, ip: null })
      return stepToken(tenantId, await startStep(db, 'invitation', id))
    },
    tenantId,
  )
