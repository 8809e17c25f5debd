import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { recordAudit } from '#src/audit/record.ts'
import { asSystem, type Db } from '#src/db/scope.ts'
import { queueMail } from '#src/mail/outbox.ts'
import type { StaffRole } from '#src/permissions.ts'
import { emailKey } from '#src/sign-in/address.ts'
import { endAllSessions } from '#src/staff-sign-in/endings.ts'
import { STEP_MINUTES, startStep, voidSteps } from '#src/staff-sign-in/steps.ts'
import type { Staff } from '#src/viewer.ts'

/** Who changes the team, and from where. */
export type Actor = { staff: Staff; ip: string }
export type NewMember = { name: string; email: string; title: string; role: StaffRole }

/** In one transaction of the system's: the staff role itself can't write the team, nor read a hash. */
const change = <T>({ staff }: Actor, work: (db: Db) => Promise<T>) =>
  asSystem('team: change a member', work, staff.tenantId)

const record = (db: Db, { staff, ip }: Actor, action: string, id: string, data = {}) =>
  recordAudit(db, staff, { action: `team.${action}`, object: { kind: 'staff_member', id }, data, ip })

/** A link for 72 hours; earlier ones of hers stop working. */
const sendInvitation = async (db: Db, { staff }: Actor, id: string, email: string) => {
  const step = await startStep(db, 'invitation', id)
  await db.updateTable('staff_member').set({ invited_at: sql<Date>`now()` }).where('id', '=', id).execute()
  await queueMail(db, {
    kind: 'staff-invitation',
    to: email,
    data: { step, by: staff.staffId },
    dedupeKey: `staff-invitation ${step}`,
    expiresAt: new Date(Date.now() + STEP_MINUTES.invitation * 60_000),
  })
}

/** Invites somebody new, or an imported person without access. Answers her id; 'taken' when she is on the team. */
export const inviteMember = (actor: Actor, given: NewMember): Promise<string | 'taken'> =>
  change(actor, async (db) => {
    const { name, role, title } = given
    const email = given.email.trim()
    const key = emailKey(email)
    const known = await db
      .selectFrom('staff_member')
      .select(['id', 'invited_at', 'last_sign_in_at', 'disabled_at'])
      .where('email_key', '=', key)
      .forUpdate()
      .executeTakeFirst()
    if (known && (known.invited_at || known.last_sign_in_at || known.disabled_at)) return 'taken'
    const id = known?.id ?? uuidv7()
    const values = { name, email, email_key: key, role, title: title || null }
    if (known) await db.updateTable('staff_member').set(values).where('id', '=', id).execute()
    else {
      const made = await db
        .insertInto('staff_member')
        .values({ id, ...values })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'email_key']).doNothing())
        .returning('id')
        .executeTakeFirst()
      if (!made) return 'taken'
    }
    await sendInvitation(db, actor, id, email)
    await record(db, actor, 'invited', id, { name, email, role })
    return id
  })

const locked = (db: Db, id: string) =>
  db
    .selectFrom('staff_member')
    .select(['id', 'name', 'email', 'role', 'disabled_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

/**
 * Whether somebody else could still run the place without her. Who was only invited doesn't count. The tenant's row is
 * held, so that two administrators can't demote each other at the same moment.
 */
const othersRemain = async (db: Db, id: string) => {
  await sql`select from tenant where tenant_id = ${db.tenant} for no key update`.execute(db)
  const other = await db
    .selectFrom('staff_member')
    .select('id')
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .where('last_sign_in_at', 'is not', null)
    .where('id', '!=', id)
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

export type Outcome = 'done' | 'not-found' | 'last-administrator' | 'no-address'

export const changeRole = (actor: Actor, id: string, role: StaffRole): Promise<Outcome> =>
  change(actor, async (db) => {
    const remain = await othersRemain(db, id)
    const member = await locked(db, id)
    if (!member) return 'not-found'
    if (member.role === role) return 'done'
    if (member.role === 'administrator' && !member.disabled_at && !remain) return 'last-administrator'
    await db.updateTable('staff_member').set({ role }).where('id', '=', id).execute()
    await record(db, actor, 'role-changed', id, { from: member.role, to: role })
    return 'done'
  })

/** Nobody with this account comes in, and who is in is out. */
export const disableMember = (actor: Actor, id: string): Promise<Outcome> =>
  change(actor, async (db) => {
    const remain = await othersRemain(db, id)
    const member = await locked(db, id)
    if (!member) return 'not-found'
    if (member.disabled_at) return 'done'
    if (member.role === 'administrator' && !remain) return 'last-administrator'
    await db.updateTable('staff_member').set({ disabled_at: sql<Date>`now()` }).where('id', '=', id).execute()
    const sessions = await endAllSessions(db, id)
    await voidSteps(db, id, ['invitation', 'reset', 'second-factor'])
    await record(db, actor, 'disabled', id, { sessions })
    return 'done'
  })

export const enableMember = (actor: Actor, id: string): Promise<Outcome> =>
  change(actor, async (db) => {
    const member = await locked(db, id)
    if (!member) return 'not-found'
    if (!member.disabled_at) return 'done'
    await db.updateTable('staff_member').set({ disabled_at: null }).where('id', '=', id).execute()
    await record(db, actor, 'enabled', id)
    return 'done'
  })

/** The invitation once more: for who hasn't used it, was only imported, or lost her second factor. */
export const inviteAgain = (actor: Actor, id: string): Promise<Outcome> =>
  change(actor, async (db) => {
    const member = await locked(db, id)
    if (!member || member.disabled_at) return 'not-found'
    if (!member.email) return 'no-address'
    await sendInvitation(db, actor, id, member.email)
    await record(db, actor, 'invited', id, { name: member.name, email: member.email })
    return 'done'
  })
