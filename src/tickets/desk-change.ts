import { sql } from 'kysely'
import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import { tellLive } from '#src/live/tell.ts'
import type { LockedDeskTicket } from '#src/tickets/desk-find.ts'
import { recordEvent } from '#src/tickets/events.ts'
import type { Priority, Status } from '#src/tickets/filter.ts'
import type { Staff } from '#src/viewer.ts'

/** Each is undefined when it stays as it is. */
export type Changes = {
  status?: Status | undefined
  priority?: Priority | undefined
  assignee?: { id: string; name: string } | null | undefined
  category?: { id: string; name: string; confidential: boolean } | null | undefined
}

const COPIES = ['ticket_message', 'ticket_event', 'attachment', 'ticket_participant'] as const

/** With everything that belongs to it, because a policy looks at its own row only. Nothing makes it public again. */
const makeConfidential = async (db: Db, ticketId: string) => {
  await db.updateTable('ticket').set({ confidential: true }).where('id', '=', ticketId).execute()
  for (const table of COPIES)
    await db.updateTable(table).set({ confidential: true }).where('ticket_id', '=', ticketId).execute()
}

const setStatus = async (db: Db, staff: Staff, ticket: LockedDeskTicket, to: Status) => {
  await db
    .updateTable('ticket')
    .set({ status: to, status_since: sql<Date>`now()`, updated_at: sql<Date>`now()` })
    .where('id', '=', ticket.id)
    .execute()
  await recordEvent(db, staff, ticket, 'status', { from: ticket.status, to })
}

const setPriority = async (db: Db, staff: Staff, ticket: LockedDeskTicket, priority: Priority) => {
  await db.updateTable('ticket').set({ priority }).where('id', '=', ticket.id).execute()
  await recordEvent(db, staff, ticket, 'priority', { from: ticket.priority, priority })
}

const setAssignee = async (
  db: Db,
  staff: Staff,
  ticket: LockedDeskTicket,
  assignee: { id: string; name: string } | null,
) => {
  await db
    .updateTable('ticket')
    .set({ assignee_id: assignee?.id ?? null })
    .where('id', '=', ticket.id)
    .execute()
  // that nobody has it any more is no news for a client
  if (assignee) await recordEvent(db, staff, ticket, 'assignee', { name: assignee.name })
}

const setCategory = async (
  db: Db,
  staff: Staff,
  ticket: LockedDeskTicket,
  category: NonNullable<Changes['category']> | null,
) => {
  await db
    .updateTable('ticket')
    .set({ category_id: category?.id ?? null })
    .where('id', '=', ticket.id)
    .execute()
  if (category?.confidential && !ticket.confidential) await makeConfidential(db, ticket.id)
  await recordAudit(db, staff, {
    action: 'ticket.category-changed',
    company: ticket.company_id,
    object: { kind: 'ticket', id: ticket.id },
    data: { from: ticket.category_id, to: category?.id ?? null },
  })
}

/** Changes what differs, with a line of history each, and tells the pages that are open. */
export const changeTicket = async (db: Db, staff: Staff, ticket: LockedDeskTicket, changes: Changes) => {
  const { status, priority, assignee, category } = changes
  if (category !== undefined && (category?.id ?? null) !== ticket.category_id)
    await setCategory(db, staff, ticket, category)
  if (status && status !== ticket.status) await setStatus(db, staff, ticket, status)
  if (priority && priority !== ticket.priority) await setPriority(db, staff, ticket, priority)
  if (assignee !== undefined && (assignee?.id ?? null) !== ticket.assignee_id)
    await setAssignee(db, staff, ticket, assignee)
  await tellLive(db, ticket)
}
