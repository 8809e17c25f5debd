import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'
import { tellLive } from '#src/live/tell.ts'
import { recordEvent } from '#src/tickets/events.ts'
import type { Status } from '#src/tickets/filter.ts'
import type { LockedTicket } from '#src/tickets/find.ts'
import { markRead } from '#src/tickets/reply.ts'
import type { Viewer } from '#src/viewer.ts'

const move = async (db: Db, viewer: Viewer, ticket: LockedTicket, to: Status) => {
  await db
    .updateTable('ticket')
    .set({ status: to, status_since: sql<Date>`now()`, updated_at: sql<Date>`now()` })
    .where('id', '=', ticket.id)
    .execute()
  await recordEvent(db, viewer, ticket, 'status', { from: ticket.status, to })
  await markRead(db, viewer, ticket.id)
  await tellLive(db, ticket)
}

/** A contact says that it works: solved, and closed by itself later unless somebody objects. */
export const closeTicket = (db: Db, viewer: Viewer, ticket: LockedTicket) =>
  move(db, viewer, ticket, 'solved')

export const reopenTicket = (db: Db, viewer: Viewer, ticket: LockedTicket) =>
  move(db, viewer, ticket, 'in_progress')
