import { uuidv7 } from 'uuidv7'
import { linkTo } from '#src/imports/companies.ts'
import type { Contact, StaffMember, Ticket } from '#src/imports/known.ts'
import { standInSubject } from '#src/imports/missing-ticket.ts'
import type { Row } from '#src/imports/row.ts'
import type { Run } from '#src/imports/run.ts'
import { visibleTo } from '#src/imports/ticket-people.ts'
import type { TicketValues } from '#src/imports/ticket-values.ts'
import type { Status } from '#src/tickets/filter.ts'

const LONGEST_SUBJECT = 200

export type People = { requester: Contact; participants: Contact[]; assignee: StaffMember | null | undefined }

const subjectOf = (row: Row<'tickets'>, subject: string) => {
  if (subject.length <= LONGEST_SUBJECT) return subject || '(no subject)'
  row.note('subject', `subject cut to ${LONGEST_SUBJECT} characters`)
  return `${subject.slice(0, LONGEST_SUBJECT - 1).trimEnd()}…`
}

/** By its category, or marked so. A row that says nothing about it leaves it as it was: only a stand-in is opened. */
const isConfidential = (id: string, values: TicketValues, existing: Ticket | undefined) => {
  const told = values.category?.confidential === true || values.confidential === true
  const says = values.category !== undefined || values.confidential !== undefined
  const isStandIn = existing?.subject === standInSubject(id)
  return says || isStandIn ? told : (existing?.confidential ?? told)
}

/** When it came into its status, as far as the row tells. */
const statusSince = (status: Status, { solved, closed, updated }: TicketValues) =>
  (status === 'solved' ? solved : status === 'closed' ? (closed ?? solved) : undefined) ?? updated

/** The ticket as the row describes it; what the row has no word for stays as it was. */
export const ticketRow = (
  run: Run,
  row: Row<'tickets'>,
  id: string,
  values: TicketValues,
  { requester, participants, assignee }: People,
  existing: Ticket | undefined,
  number: number,
): Ticket => {
  const { category, solved, closed, updated } = values
  const created = values.created ?? existing?.created_at ?? solved ?? closed ?? updated ?? run.now
  const status = values.status ?? existing?.status ?? 'new'
  const since = existing?.status === status ? existing.status_since : undefined
  return {
    id: existing?.id ?? uuidv7(),
    company_id: requester.company_id,
    number,
    subject: subjectOf(row, values.subject),
    status,
    priority: values.priority ?? existing?.priority ?? 'normal',
    category_id: row.has('category') ? (category?.id ?? null) : (existing?.category_id ?? null),
    requester_id: requester.id,
    assignee_id: assignee === undefined ? (existing?.assignee_id ?? null) : (assignee?.id ?? null),
    confidential: isConfidential(id, values, existing),
    visible_to: visibleTo(requester, participants, existing),
    via: existing?.via ?? 'import',
    created_at: created,
    updated_at: existing?.updated_at ?? created,
    status_since: statusSince(status, values) ?? since ?? created,
    ...linkTo(run, id),
  }
}
