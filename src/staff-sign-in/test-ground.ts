import { TOTP } from 'otpauth'
import { asSystem } from '#src/db/scope.ts'
import { seal } from '#src/seal.ts'
import { replaceRecoveryCodes } from '#src/staff-sign-in/recovery.ts'
import { newSecret, secretText } from '#src/staff-sign-in/totp.ts'
import { asOwner } from '#test/database.ts'
import type { StaffPerson } from '#test/world.ts'

/** What a real authenticator app would show for a secret that was typed into it. */
export const authenticator = (secret: string) => {
  const totp = new TOTP({ secret: secret.replaceAll(' ', ''), algorithm: 'SHA1', digits: 6, period: 30 })
  return { code: () => totp.generate(), codeAt: (timestamp: number) => totp.generate({ timestamp }) }
}

/** Gives somebody an authenticator and recovery codes. `again` lets the code of this half minute count once more. */
export const enrolled = async (who: StaffPerson) => {
  const secret = newSecret()
  const recovery = await asSystem(
    'test',
    async (db) => {
      await db
        .updateTable('staff_member')
        .set({ totp_secret: seal(who.tenant, 'totp', secret), totp_confirmed_at: new Date() })
        .where('id', '=', who.id)
        .execute()
      return replaceRecoveryCodes(db, who.id)
    },
    who.tenant,
  )
  const again = () => asOwner('update staff_member set totp_last_step = 0 where id = $1', [who.id])
  return { ...authenticator(secretText(secret)), recovery, again }
}

/** Lets the minutes since somebody last showed the second factor go by. */
export const grownStale = (who: StaffPerson) =>
  asOwner(`update staff_session set proved_at = now() - interval '6 minutes' where staff_id = $1`, [who.id])

/** Gives somebody a password that was hashed before. */
export const withPassword = (who: StaffPerson, hash: string) =>
  asOwner('update staff_member set password_hash = $2, password_set_at = now() where id = $1', [who.id, hash])
