import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import { openToken, sealToken } from '#src/secret.ts'
import type { Staff } from '#src/viewer.ts'

/** The contact whose portal is to be looked at, and whether she could come in herself. */
export const findTarget = async (db: Db, id: string) => {
  const row = await db
    .selectFrom('contact')
    .innerJoin('company', 'company.id', 'contact.company_id')
    .select(['contact.id', 'contact.name', 'contact.company_id', 'contact.role_id', 'contact.disabled_at'])
    .select(['contact.archived_at', 'company.name as company', 'company.archived_at as company_archived_at'])
    .where('contact.id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { id: contactId, name, company, company_id: companyId } = row
  const comesIn = row.role_id !== null && !row.disabled_at && !row.archived_at && !row.company_archived_at
  return { id: contactId, name, company, companyId, comesIn }
}
export type Target = NonNullable<Awaited<ReturnType<typeof findTarget>>>

/** Ends what this person has begun and not ended; each end of a running preview goes on record. */
const endOthers = async (db: Db, staff: Staff, ip: string) => {
  const ended = await db
    .updateTable('preview_session')
    .set({ ended_at: sql<Date>`least(now(), coalesce(expires_at, now()))` })
    .where('staff_id', '=', staff.staffId)
    .where('ended_at', 'is', null)
    .returning(['id', 'company_id', 'contact_id', 'started_at'])
    .execute()
  for (const one of ended) if (one.started_at) await recordEnd(db, staff, one, 'another', ip)
}

type Ended = { id: string; company_id: string; contact_id: string }

const recordEnd = async (db: Db, staff: Staff, ended: Ended, why: 'stopped' | 'another', ip: string) => {
  const target = await findTarget(db, ended.contact_id)
  await recordAudit(db, staff, {
    action: 'preview.ended',
    company: ended.company_id,
    onBehalfOf: { id: ended.contact_id, name: target?.name ?? '' },
    object: { kind: 'preview_session', id: ended.id },
    data: { why },
    ip,
  })
}

/**
 * Takes the reason down and makes the hand-off: sixty seconds, once, in this staff session. What the same person has
 * running ends. Answers its id; undefined when she asked twice in the same moment.
 */
export const askForPreview = async (db: Db, staff: Staff, target: Target, reason: string, ip: string) => {
  await endOthers(db, staff, ip)
  const made = await db
    .insertInto('preview_session')
    .values({
      id: uuidv7(),
      staff_id: staff.staffId,
      staff_session_id: staff.sessionId,
      company_id: target.companyId,
      contact_id: target.id,
      reason,
      hand_off_until: sql<Date>`now() + interval '60 seconds'`,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return made?.id
}

const mine = (db: Db, staff: Staff, id: string) =>
  db
    .selectFrom('preview_session as p')
    .innerJoin('contact as c', 'c.id', 'p.contact_id')
    .select(['p.id', 'p.company_id', 'p.contact_id', 'c.name'])
    .select(
      sql<boolean>`p.started_at is null and p.ended_at is null and p.hand_off_until > now()
        and p.staff_session_id = ${staff.sessionId}`.as('ready'),
    )
    .where('p.id', '=', id)
    .where('p.staff_id', '=', staff.staffId)

/** A preview of this staff member's; `ready`: its hand-off can still be used, here. */
export const findPreview = (db: Db, staff: Staff, id: string) => mine(db, staff, id).executeTakeFirst()

/** Makes a session of the hand-off, once, with its row in the audit log. Answers the cookie's value. */
export const openPreview = async (db: Db, staff: Staff, id: string, ip: string) => {
  const token = sealToken(staff.tenantId)
  const opened = await db
    .updateTable('preview_session')
    .set({
      token_hash: openToken(token)?.hash,
      started_at: sql<Date>`now()`,
      expires_at: sql<Date>`now() + interval '30 minutes'`,
    })
    .where('id', '=', id)
    .where('staff_id', '=', staff.staffId)
    .where('staff_session_id', '=', staff.sessionId)
    .where('started_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('hand_off_until', '>', sql<Date>`now()`)
    .returning(['company_id', 'contact_id', 'reason'])
    .executeTakeFirst()
  if (!opened) return undefined
  const target = await findTarget(db, opened.contact_id)
  await recordAudit(db, staff, {
    action: 'preview.started',
    company: opened.company_id,
    onBehalfOf: { id: opened.contact_id, name: target?.name ?? '' },
    object: { kind: 'preview_session', id },
    data: { reason: opened.reason },
    ip,
  })
  return token
}

/** Ends it, if it runs. Answers whose eyes it was; undefined when it is not this person's. */
export const endPreview = async (db: Db, staff: Staff, id: string, ip: string) => {
  const preview = await findPreview(db, staff, id)
  if (!preview) return undefined
  const ended = await db
    .updateTable('preview_session')
    .set({ ended_at: sql<Date>`now()` })
    .where('id', '=', id)
    .where('staff_id', '=', staff.staffId)
    .where('ended_at', 'is', null)
    .returning(['id', 'company_id', 'contact_id', 'started_at'])
    .executeTakeFirst()
  if (ended?.started_at) await recordEnd(db, staff, ended, 'stopped', ip)
  return preview.contact_id
}
