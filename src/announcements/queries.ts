import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'

const SHOWN = 5

/** What this person's company is told now, the gravest first. The policy leaves out what is for others. */
export const currentAnnouncements = (db: Db) =>
  db
    .selectFrom('announcement')
    .select(['id', 'title', 'body', 'severity', 'shown_until'])
    .where('shown_from', '<=', sql<Date>`now()`)
    .where((eb) => eb.or([eb('shown_until', 'is', null), eb('shown_until', '>', sql<Date>`now()`)]))
    .orderBy(sql`array_position(array['danger', 'attention', 'info'], severity)`)
    .orderBy('shown_from', 'desc')
    .limit(SHOWN)
    .execute()

export type Current = Awaited<ReturnType<typeof currentAnnouncements>>[number]

const state = sql<'later' | 'now' | 'over'>`case when shown_from > now() then 'later'
  when shown_until <= now() then 'over' else 'now' end`

const whole = (db: Db) =>
  db
    .selectFrom('announcement')
    .select(['id', 'title', 'body', 'severity', 'limited_to', 'shown_from', 'shown_until'])
    .select(state.as('state'))

/** Every announcement, the newest first: at most 200. */
export const allAnnouncements = (db: Db) =>
  whole(db).orderBy('shown_from', 'desc').orderBy('id', 'desc').limit(200).execute()

export type AnnouncementRow = Awaited<ReturnType<typeof allAnnouncements>>[number]

export const findAnnouncement = (db: Db, id: string) => whole(db).where('id', '=', id).executeTakeFirst()

/** Those that an announcement can be for. */
export const companyChoices = (db: Db) =>
  db
    .selectFrom('company')
    .select(['id', 'name'])
    .where('archived_at', 'is', null)
    .orderBy('name')
    .limit(1_000)
    .execute()

/** `2026-11-23T14:00` on a clock in that time zone, as an instant. */
export const instantOf = async (db: Db, local: string, timeZone: string): Promise<Date> => {
  const { rows } = await sql<{ at: Date }>`
    select (${local}::timestamp at time zone ${timeZone})::timestamptz(3) as at`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a select without a row')
  return row.at
}
