import type { Db } from '#src/db/scope.ts'
import { type Cursor, cursorOf } from '#src/tickets/filter.ts'

/** A ticket in the viewer's scope, with the words around it; undefined when it isn't there for her. */
export const findTicket = (db: Db, id: string) =>
  db
    .selectFrom('ticket')
    .innerJoin('contact as requester', 'requester.id', 'ticket.requester_id')
    .leftJoin('category', 'category.id', 'ticket.category_id')
    .leftJoin('staff_member as assignee', 'assignee.id', 'ticket.assignee_id')
    .select([
      'ticket.id',
      'ticket.number',
      'ticket.subject',
      'ticket.status',
      'ticket.priority',
      'ticket.confidential',
      'ticket.visible_to',
    ])
    .select([
      'ticket.company_id',
      'ticket.requester_id',
      'ticket.created_at',
      'ticket.updated_at',
      'ticket.status_since',
      'ticket.excerpt_contact_id',
    ])
    .select([
      'requester.name as requester',
      'category.name as category',
      'assignee.id as assignee_id',
      'assignee.name as assignee',
    ])
    .where('ticket.id', '=', id)
    .executeTakeFirst()

export type Ticket = NonNullable<Awaited<ReturnType<typeof findTicket>>>

/** The same row, locked until the transaction ends: for writes that depend on what it says. */
export const lockTicket = (db: Db, id: string) =>
  db
    .selectFrom('ticket')
    .select(['id', 'number', 'subject', 'status', 'confidential', 'visible_to', 'requester_id', 'company_id'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export type LockedTicket = NonNullable<Awaited<ReturnType<typeof lockTicket>>>

const MESSAGES = 100

/** The conversation, oldest first: its newest hundred messages, or the hundred before a cursor. Notes are for staff alone. */
export const conversation = async (db: Db, ticketId: string, before?: Cursor, notes = false) => {
  let query = db
    .selectFrom('ticket_message as message')
    .leftJoin('contact as author', 'author.id', 'message.author_contact_id')
    .select([
      'message.id',
      'message.author_name',
      'message.author_contact_id',
      'message.author_staff_id',
      'message.body',
      'message.internal',
      'message.created_at',
    ])
    .select(['author.title as author_title'])
    .where('message.ticket_id', '=', ticketId)
    .orderBy('message.created_at', 'desc')
    .orderBy('message.id', 'desc')
    .limit(MESSAGES + 1)
  if (!notes) query = query.where('message.internal', '=', false)
  if (before)
    query = query.where((eb) =>
      eb(eb.refTuple('message.created_at', 'message.id'), '<', eb.tuple(before.at, before.id)),
    )
  const rows = await query.execute()
  const shown = rows.slice(0, MESSAGES).reverse()
  const [first] = shown
  return {
    messages: shown,
    earlier: rows.length > MESSAGES && first ? cursorOf(first.created_at, first.id) : undefined,
  }
}

export type Message = Awaited<ReturnType<typeof conversation>>['messages'][number]

export const history = (db: Db, ticketId: string) =>
  db
    .selectFrom('ticket_event')
    .select(['id', 'kind', 'actor_name', 'actor_contact_id', 'data', 'created_at'])
    .where('ticket_id', '=', ticketId)
    .orderBy('created_at')
    .orderBy('id')
    .limit(500)
    .execute()

export type TicketEvent = Awaited<ReturnType<typeof history>>[number]

/** The files of a ticket; those of notes are for staff alone. */
export const attachmentsOf = (db: Db, ticketId: string, notes = false) =>
  db
    .selectFrom('attachment')
    .select(['id', 'message_id', 'name', 'media_type', 'bytes'])
    .where('ticket_id', '=', ticketId)
    .$if(!notes, (query) => query.where('internal', '=', false))
    .orderBy('created_at')
    .orderBy('id')
    .execute()

export type Attachment = Awaited<ReturnType<typeof attachmentsOf>>[number]

/** The colleagues who can use the portal, for naming, adding and asking on behalf of: at most 500, by name. */
export const colleagues = (db: Db) =>
  db
    .selectFrom('contact')
    .select(['id', 'name', 'title'])
    .where('archived_at', 'is', null)
    .where('disabled_at', 'is', null)
    .orderBy('name')
    .limit(500)
    .execute()

export type Colleague = Awaited<ReturnType<typeof colleagues>>[number]
