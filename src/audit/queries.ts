import { sql } from 'kysely'
import type { AuditFilter } from '#src/audit/filter.ts'
import type { Db } from '#src/db/scope.ts'
import { type Cursor, cursorOf } from '#src/tickets/filter.ts'
import { anywhere } from '#src/web/keyset.ts'

const PAGE_SIZE = 50

/** When a day begins for the person who asks. */
const midnight = (day: string, timeZone: string, later = 0) =>
  sql<Date>`((${day}::date + ${later}::int)::timestamp at time zone ${timeZone})`

const matches = (text: string, saying: string[]) => {
  const words = anywhere(text)
  return sql<boolean>`(event.actor_name ilike ${words} or event.on_behalf_name ilike ${words} or event.action ilike ${words}
    or event.data::text ilike ${words} or host(event.ip) = ${text} or event.action = any (${saying}::text[]))`
}

const events = (db: Db) =>
  db
    .selectFrom('audit_event as event')
    .leftJoin('audit_chain as chain', 'chain.event_id', 'event.id')
    .leftJoin('company', 'company.id', 'event.company_id')
    .select(['event.id', 'event.at', 'event.actor_kind', 'event.actor_id', 'event.actor_name'])
    .select(['event.on_behalf_id', 'event.on_behalf_name', 'event.action', 'event.data'])
    .select(['event.object_kind', 'event.object_id', 'event.company_id', 'company.name as company'])
    .select(['chain.sequence', 'chain.hash'])
    .select(sql<string | null>`host(event.ip)`.as('ip'))

export type AuditRow = Awaited<ReturnType<ReturnType<typeof events>['execute']>>[number]

const filtered = (db: Db, filter: AuditFilter, timeZone: string) => {
  let query = events(db)
  if (filter.actor) query = query.where('event.actor_id', '=', filter.actor)
  if (filter.action) query = query.where('event.action', '=', filter.action)
  if (filter.company) query = query.where('event.company_id', '=', filter.company)
  if (filter.object) query = query.where('event.object_id', '=', filter.object)
  if (filter.from) query = query.where('event.at', '>=', midnight(filter.from, timeZone))
  if (filter.to) query = query.where('event.at', '<', midnight(filter.to, timeZone, 1))
  if (filter.q) query = query.where(matches(filter.q, filter.saying ?? []))
  return query
}

const beyond = ({ at, id }: Cursor, sign: '<' | '>') =>
  sql<boolean>`(event.at, event.id) ${sql.raw(sign)} (${at}, ${id})`

/** A page of the log, newest first, and where its neighbors begin. */
export const listAudit = async (db: Db, filter: AuditFilter, timeZone: string) => {
  const backwards = filter.before !== undefined
  const edge = filter.before ?? filter.after
  let query = filtered(db, filter, timeZone)
    .orderBy('event.at', backwards ? 'asc' : 'desc')
    .orderBy('event.id', backwards ? 'asc' : 'desc')
    .limit(PAGE_SIZE + 1)
  if (edge) query = query.where(beyond(edge, backwards ? '>' : '<'))
  const rows = await query.execute()
  const more = rows.length > PAGE_SIZE
  const page = backwards ? rows.slice(0, PAGE_SIZE).reverse() : rows.slice(0, PAGE_SIZE)
  const [first, last] = [page[0], page.at(-1)]
  return {
    rows: page,
    newer: first && (backwards ? more : filter.after) ? cursorOf(first.at, first.id) : undefined,
    older: last && (backwards || more) ? cursorOf(last.at, last.id) : undefined,
  }
}

/** The next rows of an export, newest first, below `after`. */
export const exportPage = (
  db: Db,
  filter: AuditFilter,
  timeZone: string,
  after: Cursor | undefined,
  size: number,
) => {
  const query = filtered(db, filter, timeZone)
    .orderBy('event.at', 'desc')
    .orderBy('event.id', 'desc')
    .limit(size)
  return (after ? query.where(beyond(after, '<')) : query).execute()
}

export const findAudit = (db: Db, id: string): Promise<AuditRow | undefined> =>
  events(db).where('event.id', '=', id).executeTakeFirst()

/** Every action that the log knows, by name: hops through the index instead of reading the log. */
const actionsIn = async (db: Db) => {
  const { rows } = await sql<{ action: string }>`
    with recursive hop(action) as (
      (select action from audit_event where tenant_id = ${db.tenant} order by action limit 1)
      union all
      select (select e.action from audit_event e where e.tenant_id = ${db.tenant} and e.action > hop.action
        order by e.action limit 1) from hop where hop.action is not null
    ) select action from hop where action is not null limit 300`.execute(db)
  return rows.map(({ action }) => action)
}

/** What the filter offers: actions, the MSP's people, companies. */
export const auditChoices = async (db: Db) => {
  const named = (table: 'staff_member' | 'company') =>
    db.selectFrom(table).select(['id', 'name']).orderBy('name').limit(500).execute()
  const [actions, people, companies] = await Promise.all([
    actionsIn(db),
    named('staff_member'),
    named('company'),
  ])
  return { actions, people, companies }
}

export type AuditChoices = Awaited<ReturnType<typeof auditChoices>>
