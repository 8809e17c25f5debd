import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'
import { type DeskFilter, IN_QUEUE, type Queue } from '#src/tickets/desk-filter.ts'
import { cursorOf } from '#src/tickets/filter.ts'
import { isOpen } from '#src/tickets/state.ts'

const PAGE_SIZE = 25

const rowsOf = (db: Db) =>
  db
    .selectFrom('ticket')
    .select(['ticket.id', 'number', 'subject', 'status', 'priority', 'confidential'])
    .select(['excerpt', 'excerpt_by', 'updated_at', 'requester_id', 'company_id', 'assignee_id'])

type Rows = ReturnType<typeof rowsOf>

const narrowed = (rows: Rows, staffId: string, filter: DeskFilter): Rows => {
  let query = rows
  if (filter.queue === 'closed') query = query.where('ticket.status', 'in', IN_QUEUE.closed)
  else if (filter.queue === 'waiting') query = query.where('ticket.status', '=', 'waiting_client')
  if (filter.queue !== 'closed' && filter.queue !== 'all') query = query.where(isOpen)
  if (filter.queue === 'mine') query = query.where('ticket.assignee_id', '=', staffId)
  if (filter.queue === 'unassigned' || filter.assignee === 'none')
    query = query.where('ticket.assignee_id', 'is', null)
  else if (filter.assignee) query = query.where('ticket.assignee_id', '=', filter.assignee)
  if (filter.status) query = query.where('ticket.status', '=', filter.status)
  if (filter.priority) query = query.where('ticket.priority', '=', filter.priority)
  if (filter.company) query = query.where('ticket.company_id', '=', filter.company)
  if (filter.category) query = query.where('ticket.category_id', '=', filter.category)
  if (filter.q) query = query.where(sql<boolean>`ticket.id = any (array(select desk_search(${filter.q})))`)
  return query
}

/**
 * With the names that a row shows. They join a page that is cut already: planned together, the tenant's tickets look so
 * few that all of them are joined and sorted.
 */
const withNames = (db: Db, page: Rows, up: boolean) =>
  db
    .selectFrom(page.as('ticket'))
    .innerJoin('contact as requester', 'requester.id', 'ticket.requester_id')
    .innerJoin('company', 'company.id', 'ticket.company_id')
    .leftJoin('staff_member as assignee', 'assignee.id', 'ticket.assignee_id')
    .select(['ticket.id', 'ticket.number', 'ticket.subject', 'ticket.status', 'ticket.priority'])
    .select(['ticket.confidential', 'ticket.excerpt', 'ticket.excerpt_by', 'ticket.updated_at'])
    .select(['requester.name as requester', 'company.name as company', 'assignee.name as assignee'])
    .orderBy('ticket.updated_at', up ? 'asc' : 'desc')
    .orderBy('ticket.id', up ? 'asc' : 'desc')

/** A page of the tenant's tickets: what moved last first, or what has been quiet longest; and where its neighbors begin. */
export const listQueue = async (db: Db, staffId: string, filter: DeskFilter) => {
  const backwards = filter.before !== undefined
  const edge = filter.before ?? filter.after
  const up = (filter.sort === 'quiet') !== backwards
  let query = narrowed(rowsOf(db), staffId, filter)
    .orderBy('ticket.updated_at', up ? 'asc' : 'desc')
    .orderBy('ticket.id', up ? 'asc' : 'desc')
    .limit(PAGE_SIZE + 1)
  if (edge)
    query = query.where(
      sql<boolean>`(ticket.updated_at, ticket.id) ${sql.raw(up ? '>' : '<')} (${sql.val(edge.at)}, ${sql.val(edge.id)})`,
    )
  const rows = await withNames(db, query, up).execute()
  const more = rows.length > PAGE_SIZE
  const page = backwards ? rows.slice(0, PAGE_SIZE).reverse() : rows.slice(0, PAGE_SIZE)
  const [first, last] = [page[0], page.at(-1)]
  const mark = (row: typeof first) => row && cursorOf(row.updated_at, row.id)
  return {
    rows: page,
    newer: (backwards ? more : filter.after !== undefined) ? mark(first) : undefined,
    older: (backwards ? true : more) ? mark(last) : undefined,
  }
}

export type QueueRow = Awaited<ReturnType<typeof listQueue>>['rows'][number]

/** How many tickets wait in each queue; of those that are over nobody needs a number. */
export const countQueues = async (db: Db, staffId: string): Promise<Partial<Record<Queue, number>>> =>
  db
    .selectFrom('ticket')
    .select((eb) => [
      eb.fn.countAll<number>().as('open'),
      eb.fn.countAll<number>().filterWhere('status', '=', 'waiting_client').as('waiting'),
      eb.fn.countAll<number>().filterWhere('assignee_id', 'is', null).as('unassigned'),
      eb.fn.countAll<number>().filterWhere('assignee_id', '=', staffId).as('mine'),
    ])
    .where(isOpen)
    .executeTakeFirstOrThrow()

const COMPANIES = 200

/** The people who may be given a ticket. */
export const colleaguesOf = (db: Db) =>
  db
    .selectFrom('staff_member')
    .select(['id', 'name'])
    .where('disabled_at', 'is', null)
    .orderBy('name')
    .limit(500)
    .execute()

export const categoriesOf = (db: Db) =>
  db
    .selectFrom('category')
    .select(['id', 'name', 'confidential'])
    .where('archived_at', 'is', null)
    .orderBy('position')
    .orderBy('name')
    .execute()

/** What the filters offer: at most two hundred companies, and the chosen one. */
export const queueChoices = async (db: Db, company?: string) => {
  const companies = db.selectFrom('company').select(['id', 'name']).where('archived_at', 'is', null)
  const [staff, categories, first, chosen] = await Promise.all([
    colleaguesOf(db),
    categoriesOf(db),
    companies.orderBy('name_key').limit(COMPANIES).execute(),
    company ? db.selectFrom('company').select(['id', 'name']).where('id', '=', company).execute() : [],
  ])
  const missing = chosen.filter((one) => !first.some((row) => row.id === one.id))
  return { staff, categories, companies: [...missing, ...first] }
}

export type QueueChoices = Awaited<ReturnType<typeof queueChoices>>
