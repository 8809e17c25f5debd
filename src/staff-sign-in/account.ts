import { sql } from 'kysely'
import { recordAudit } from '#src/audit/record.ts'
import { asSystem, type Db } from '#src/db/scope.ts'
import { turnOnTotp } from '#src/staff-sign-in/enroll.ts'
import { setPassword } from '#src/staff-sign-in/new-password.ts'
import { addPasskey, type Rp } from '#src/staff-sign-in/passkeys.ts'
import { fitsPassword, hashPassword } from '#src/staff-sign-in/password.ts'
import { recoveryCodesLeft, replaceRecoveryCodes } from '#src/staff-sign-in/recovery.ts'
import type { Staff } from '#src/viewer.ts'

type Actor = { staff: Staff; ip: string }

const own = <T>({ staff }: Actor, work: (db: Db) => Promise<T>) =>
  asSystem('staff: own account', work, staff.tenantId)

const record = (db: Db, { staff, ip }: Actor, action: string, data = {}) =>
  recordAudit(db, staff, {
    action: `staff-account.${action}`,
    object: { kind: 'staff_member', id: staff.staffId },
    data,
    ip,
  })

const SESSIONS = sql<boolean>`last_seen_at > now() - make_interval(mins =>
  coalesce((select (t.settings->>'staffIdleMinutes')::int from tenant t where t.tenant_id = staff_session.tenant_id), 30))`

/** Everything that somebody's own page about her sign-in shows. */
export const readAccount = (staff: Staff) =>
  asSystem(
    'staff: own account',
    async (db) => {
      const me = await db
        .selectFrom('staff_member')
        .select(['totp_confirmed_at', 'password_set_at', 'locale', 'time_zone', 'theme', 'mails'])
        .where('id', '=', staff.staffId)
        .executeTakeFirstOrThrow()
      const passkeys = await db
        .selectFrom('staff_passkey')
        .select(['id', 'name', 'created_at', 'last_used_at'])
        .where('staff_id', '=', staff.staffId)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      const sessions = await db
        .selectFrom('staff_session')
        .select(['id', 'ip', 'user_agent', 'created_at', 'last_seen_at'])
        .where('staff_id', '=', staff.staffId)
        .where('ended_at', 'is', null)
        .where('expires_at', '>', sql<Date>`now()`)
        .where(SESSIONS)
        .orderBy((eb) => eb('id', '=', staff.sessionId), 'desc')
        .orderBy('last_seen_at', 'desc')
        .limit(50)
        .execute()
      return { me, passkeys, sessions, codesLeft: await recoveryCodesLeft(db, staff.staffId) }
    },
    staff.tenantId,
  )

export type Account = Awaited<ReturnType<typeof readAccount>>

/** Turns an authenticator on in place of the one before. Answers new recovery codes; undefined: the code is another's. */
export const changeAuthenticator = (
  actor: Actor,
  secret: Buffer,
  code: string,
): Promise<string[] | undefined> =>
  own(actor, async (db) => {
    const codes = await turnOnTotp(db, actor.staff.staffId, secret, code)
    if (codes) await record(db, actor, 'authenticator-changed')
    return codes
  })

export const newRecoveryCodes = (actor: Actor): Promise<string[]> =>
  own(actor, async (db) => {
    await record(db, actor, 'recovery-codes-made')
    return replaceRecoveryCodes(db, actor.staff.staffId)
  })

export const keepPasskey = (actor: Actor, rp: Rp, given: { json: string; purpose: string; name: string }) =>
  own(actor, async (db) => {
    const added = await addPasskey(db, actor.staff.staffId, rp, given)
    if (added) await record(db, actor, 'passkey-added', { name: given.name })
    return added
  })

/** Removes a passkey of hers, unless nothing else would be left beside the password. */
export const removePasskey = (actor: Actor, id: string): Promise<'removed' | 'not-found' | 'last'> =>
  own(actor, async (db) => {
    const { staffId } = actor.staff
    const me = await db
      .selectFrom('staff_member')
      .select('totp_confirmed_at')
      .where('id', '=', staffId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const passkeys = await db
      .selectFrom('staff_passkey')
      .select(['id', 'name'])
      .where('staff_id', '=', staffId)
      .execute()
    const passkey = passkeys.find((one) => one.id === id)
    if (!passkey) return 'not-found'
    if (!me.totp_confirmed_at && passkeys.length === 1) return 'last'
    await db.deleteFrom('staff_passkey').where('id', '=', id).where('staff_id', '=', staffId).execute()
    await record(db, actor, 'passkey-removed', { name: passkey.name })
    return 'removed'
  })

/** Changes her password, and ends her other sessions. False: the current one isn't what was typed. */
export const changePassword = async (actor: Actor, current: string, wanted: string): Promise<boolean> => {
  const { staffId, sessionId } = actor.staff
  const me = await own(actor, (db) =>
    db.selectFrom('staff_member').select('password_hash').where('id', '=', staffId).executeTakeFirstOrThrow(),
  )
  if (!(await fitsPassword(current, me.password_hash))) return false
  const hash = await hashPassword(wanted)
  await own(actor, async (db) => {
    await setPassword(db, staffId, hash, sessionId)
    await record(db, actor, 'password-changed')
  })
  return true
}

export type StaffPreferences = {
  locale: string | null
  time_zone: string | null
  theme: 'system' | 'light' | 'dark'
  mails: 'all' | 'own' | 'none'
}

export const savePreferences = (actor: Actor, preferences: StaffPreferences) =>
  own(actor, (db) =>
    db.updateTable('staff_member').set(preferences).where('id', '=', actor.staff.staffId).execute(),
  )
