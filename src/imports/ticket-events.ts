import { uuidv7 } from 'uuidv7'
import type { RowOf } from '#src/imports/columns.ts'
import type { StaffMember, Ticket } from '#src/imports/known.ts'
import type { Run } from '#src/imports/run.ts'
import type { TicketValues } from '#src/imports/ticket-values.ts'
import type { Status } from '#src/tickets/filter.ts'

/** When the ticket was solved and closed, as lines of its history, for a status that it came to with this row. */
export const addEvents = (
  run: Run,
  ticket: Ticket,
  { solved, closed }: TicketValues,
  assignee: StaffMember | null,
  from: Status | undefined,
) => {
  const { id: ticket_id, company_id, confidential, visible_to, status } = ticket
  const solvedAt = status === 'solved' || status === 'closed' ? solved : undefined
  const happened = [
    { to: 'solved', at: solvedAt },
    { to: 'closed', at: status === 'closed' ? closed : undefined },
  ]
  for (const { to, at } of happened) {
    if (!at) continue
    const event: RowOf<'ticket_event'> = {
      ...{ id: uuidv7(), ticket_id, company_id, confidential, visible_to },
      kind: 'status',
      actor_staff_id: assignee?.id ?? null,
      actor_name: assignee?.name ?? run.tenantName,
      data: from ? { from, to } : { to },
      created_at: at,
    }
    run.writer.add('ticket_event', event.id, event)
  }
}
