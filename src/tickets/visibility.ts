import type { Db } from '#src/db/scope.ts'

const COPIES = ['ticket_message', 'ticket_event', 'attachment', 'ticket_participant'] as const

/**
 * Says who is on a ticket (its requester and participants), on the ticket and on every row that belongs to it, because
 * a policy may look at its own row only. The one place that changes it; call it in the transaction of the change.
 */
export const setVisibility = async (db: Db, ticketId: string, visibleTo: string[]) => {
  await db.updateTable('ticket').set({ visible_to: visibleTo }).where('id', '=', ticketId).execute()
  for (const table of COPIES)
    await db.updateTable(table).set({ visible_to: visibleTo }).where('ticket_id', '=', ticketId).execute()
}
