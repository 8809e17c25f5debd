import type { Db } from '#src/db/scope.ts'
import { isOpen, unread } from '#src/tickets/state.ts'
import type { Viewer } from '#src/viewer.ts'

const SHOWN = 6

/** The open tickets with the latest activity, and how many there are. */
export const openTickets = async (db: Db, viewer: Viewer) => {
  const open = db.selectFrom('ticket').where(isOpen)
  const [rows, count] = await Promise.all([
    open
      .innerJoin('contact as requester', 'requester.id', 'ticket.requester_id')
      .leftJoin('ticket_read as read', (join) =>
        join.onRef('read.ticket_id', '=', 'ticket.id').on('read.contact_id', '=', viewer.contactId),
      )
      .select([
        'ticket.id',
        'ticket.number',
        'ticket.subject',
        'ticket.status',
        'ticket.updated_at',
        'requester.name as requester',
      ])
      .select(unread(viewer))
      .orderBy('ticket.updated_at', 'desc')
      .orderBy('ticket.id', 'desc')
      .limit(SHOWN)
      .execute(),
    open.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
  ])
  return { rows, count: count.count }
}

/** Tickets that this person is on and that wait for the client: the first area of "needs your attention". */
export const waitingTickets = (db: Db, viewer: Viewer) =>
  db
    .selectFrom('ticket')
    .select(['id', 'number', 'subject', 'excerpt', 'excerpt_by', 'status_since'])
    .where('status', '=', 'waiting_client')
    .where((eb) => eb(eb.val(viewer.contactId), '=', eb.fn.any('visible_to')))
    .orderBy('status_since')
    .limit(20)
    .execute()

export type OpenTickets = Awaited<ReturnType<typeof openTickets>>
export type WaitingTicket = Awaited<ReturnType<typeof waitingTickets>>[number]
