import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'
import { cursorOf, type Filter, IN_TAB } from '#src/tickets/filter.ts'
import { isOpen, unread } from '#src/tickets/state.ts'
import type { Viewer } from '#src/viewer.ts'

const PAGE_SIZE = 25

/** Through the participants' index: a company of thousands of tickets is not read for one person's few. */
export const mine = (db: Db, viewer: Viewer) =>
  db.selectFrom('ticket_participant').select('ticket_id').where('contact_id', '=', viewer.contactId)

const pattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** A page of tickets in the viewer's scope, newest first unless sorted otherwise, and where its neighbors begin. */
export const listTickets = async (
  db: Db,
  viewer: Viewer,
  filter: Filter & { timeZone?: string },
  own: boolean,
) => {
  const column = filter.sort === 'updated' ? 'ticket.updated_at' : 'ticket.created_at'
  const ascending = filter.sort === 'oldest'
  const backwards = filter.before !== undefined
  const edge = filter.before ?? filter.after
  const up = ascending !== backwards
  let query = db
    .selectFrom('ticket')
    .innerJoin('contact as requester', 'requester.id', 'ticket.requester_id')
    .leftJoin('ticket_read as read', (join) =>
      join.onRef('read.ticket_id', '=', 'ticket.id').on('read.contact_id', '=', viewer.contactId),
    )
    .select([
      'ticket.id',
      'number',
      'subject',
      'status',
      'priority',
      'ticket.confidential',
      'excerpt',
      'excerpt_by',
    ])
    .select(['ticket.updated_at', 'ticket.created_at', 'requester.name as requester'])
    .select(unread(viewer))
    .orderBy(column, up ? 'asc' : 'desc')
    .orderBy('ticket.id', up ? 'asc' : 'desc')
    .limit(PAGE_SIZE + 1)
  if (filter.status) query = query.where('ticket.status', '=', filter.status)
  if (filter.tab === 'open') query = query.where(isOpen)
  else if (filter.tab !== 'all') query = query.where('ticket.status', 'in', IN_TAB[filter.tab])
  if (own) query = query.where('ticket.id', 'in', mine(db, viewer))
  if (filter.priority) query = query.where('ticket.priority', '=', filter.priority)
  if (filter.category) query = query.where('ticket.category_id', '=', filter.category)
  if (filter.requester) query = query.where('ticket.requester_id', '=', filter.requester)
  if (filter.from) query = query.where('ticket.created_at', '>=', midnight(filter.from, filter.timeZone))
  if (filter.to) query = query.where('ticket.created_at', '<', midnight(filter.to, filter.timeZone, 1))
  if (filter.q) query = query.where(matches(db, filter.q))
  if (edge) {
    const [at, id] = [sql.val(edge.at), sql.val(edge.id)]
    query = query.where(
      sql<boolean>`(${sql.ref(column)}, ticket.id) ${sql.raw(up ? '>' : '<')} (${at}, ${id})`,
    )
  }
  const rows = await query.execute()
  const more = rows.length > PAGE_SIZE
  const page = backwards ? rows.slice(0, PAGE_SIZE).reverse() : rows.slice(0, PAGE_SIZE)
  const [first, last] = [page[0], page.at(-1)]
  const mark = (row: typeof first) =>
    row && cursorOf(filter.sort === 'updated' ? row.updated_at : row.created_at, row.id)
  return {
    rows: page,
    newer: (backwards ? more : filter.after !== undefined) ? mark(first) : undefined,
    older: (backwards ? true : more) ? mark(last) : undefined,
  }
}

export type TicketRow = Awaited<ReturnType<typeof listTickets>>['rows'][number]

/** When a day begins for the person who asks. */
const midnight = (day: string, timeZone = 'UTC', later = 0) =>
  sql<Date>`((${day}::date + ${later}::int)::timestamp at time zone ${timeZone})`

const matches = (db: Db, text: string) => {
  const number = /^#?(\d{1,12})$/.exec(text)?.[1]
  const words = pattern(text)
  return sql<boolean>`(ticket.subject ilike ${words} or ticket.number = ${number ? Number(number) : null}
    or exists (select from ticket_message said where said.tenant_id = ${db.tenant} and said.company_id = ticket.company_id
      and said.ticket_id = ticket.id and not said.internal and said.body ilike ${words}))`
}
