import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import type { MessageKey, Values } from '#src/messages/index.ts'
import type { Change } from '#src/profile/profile.ts'
import { addressProblem, emailKey } from '#src/sign-in/address.ts'
import type { Viewer } from '#src/viewer.ts'

export type Wanted = { name: string; email: string }
export type ChangeProblems = Partial<Record<keyof Wanted, { key: MessageKey; values?: Values }>>

const LONGEST = 200
const PROOF_MINUTES = 30

/** What is wrong with a wish for another name or address. */
export const changeProblems = async (db: Db, viewer: Viewer, wanted: Wanted): Promise<ChangeProblems> => {
  const problems: ChangeProblems = {}
  const over = wanted.name.length - LONGEST
  if (wanted.name === '') problems.name = { key: 'form.required' }
  else if (over > 0) problems.name = { key: 'form.tooLong', values: { over, max: LONGEST } }
  else if (wanted.name === viewer.name && wanted.email === viewer.email)
    problems.name = { key: 'profile.change.same' }
  const malformed = addressProblem(wanted.email)
  if (malformed) problems.email = { key: malformed }
  else if (wanted.email !== viewer.email) {
    const holder = await db
      .selectFrom('contact')
      .select('name')
      .where('email_key', '=', emailKey(wanted.email))
      .where('id', '<>', viewer.contactId)
      .executeTakeFirst()
    if (holder) problems.email = { key: 'profile.change.taken' }
  }
  return problems
}

const tell = (db: Db, viewer: Viewer, change: string) =>
  enqueue(db, 'profile:mail', { tenant: viewer.tenantId, change })

const noteAsked = (db: Db, viewer: Viewer, wanted: Wanted, ip: string) =>
  recordAudit(db, viewer, {
    action: 'profile.asked',
    object: { kind: 'contact', id: viewer.contactId },
    data: {
      before: { name: viewer.name, email: viewer.email },
      after: { name: wanted.name, email: wanted.email },
    },
    ip,
  })

/**
 * Asks for another name or address. A new address is written to first, and staff hear of it once it has answered; one
 * that has not answered yet gives way. Answers false when a request waits for staff already.
 */
export const askForChange = async (db: Db, viewer: Viewer, wanted: Wanted, ip: string): Promise<boolean> => {
  await db
    .updateTable('profile_change')
    .set({ state: 'withdrawn' })
    .where('contact_id', '=', viewer.contactId)
    .where('state', '=', 'proving')
    .execute()
  const proves = emailKey(wanted.email) !== emailKey(viewer.email)
  const made = await db
    .insertInto('profile_change')
    .values({
      id: uuidv7(),
      contact_id: viewer.contactId,
      name: wanted.name,
      email: wanted.email,
      name_before: viewer.name,
      email_before: viewer.email,
      state: proves ? 'proving' : 'waiting',
      prove_until: proves ? sql<Date>`now() + make_interval(mins => ${PROOF_MINUTES})` : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!made) return false
  if (!proves) await noteAsked(db, viewer, wanted, ip)
  await tell(db, viewer, made.id)
  return true
}

/** The new address has answered: the request goes to staff. False when its time was over or somebody was faster. */
export const acceptProof = async (db: Db, viewer: Viewer, change: Change, ip: string): Promise<boolean> => {
  const moved = await db
    .updateTable('profile_change')
    .set({ state: 'waiting', proved_at: sql<Date>`now()` })
    .where('id', '=', change.id)
    .where('contact_id', '=', viewer.contactId)
    .where('state', '=', 'proving')
    .where('prove_until', '>', sql<Date>`now()`)
    .returning('id')
    .executeTakeFirst()
  if (!moved) return false
  await noteAsked(db, viewer, change, ip)
  await tell(db, viewer, change.id)
  return true
}

/** Takes back what is not decided yet. */
export const withdraw = async (db: Db, viewer: Viewer, ip: string): Promise<boolean> => {
  const taken = await db
    .updateTable('profile_change')
    .set({ state: 'withdrawn' })
    .where('contact_id', '=', viewer.contactId)
    .where('state', 'in', ['proving', 'waiting'])
    .returning('id')
    .executeTakeFirst()
  if (!taken) return false
  await recordAudit(db, viewer, {
    action: 'profile.withdrawn',
    object: { kind: 'contact', id: viewer.contactId },
    ip,
  })
  return true
}
