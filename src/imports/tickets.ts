import { uuidv7 } from 'uuidv7'
import type { RowOf } from '#src/imports/columns.ts'
import { companyOf, linkTo } from '#src/imports/companies.ts'
import { describe } from '#src/imports/descriptions.ts'
import type { StaffMember, Ticket } from '#src/imports/known.ts'
import { isByStaff, requesterOf } from '#src/imports/requester.ts'
import type { Row } from '#src/imports/row.ts'
import { isFirst, type Run, rowsOf, save } from '#src/imports/run.ts'
import { numberOf, type Source } from '#src/imports/source.ts'
import { addParticipants, participantsOf, visibleTo } from '#src/imports/ticket-people.ts'
import { assigneeOf, readTicket } from '#src/imports/ticket-values.ts'

type TicketRow = Row<'tickets'>
type Values = ReturnType<typeof readTicket>
const LONGEST_SUBJECT = 200

const skip = (run: Run) => {
  run.report.counts.tickets.skipped += 1
}

const leaveOut = (run: Run, row: TicketRow, id: string, why: string) => {
  for (const name of [id, row.text('number')]) if (name) run.leftOut.add(name)
  skip(run)
  if (why) row.note('status', why)
}

/** Why a row that is right is no ticket here; a note says so. */
const notOurs = (run: Run, row: TicketRow, values: Values): string | undefined => {
  if (values.status === 'deleted') return 'ticket is deleted in its source: left out'
  if (values.hidden) return 'ticket is not public in its source: left out'
  return isByStaff(run, row) ? 'ticket was asked by staff, not by a client: left out' : undefined
}

/** When the ticket came into its status, as far as the row tells. */
const statusSince = ({ status, solved, closed, updated }: Values) =>
  (status === 'solved' ? solved : status === 'closed' ? (closed ?? solved) : undefined) ?? updated

const subjectOf = (row: TicketRow, subject: string) => {
  if (subject.length > LONGEST_SUBJECT) row.note('subject', `subject cut to ${LONGEST_SUBJECT} characters`)
  return subject.length > LONGEST_SUBJECT
    ? `${subject.slice(0, LONGEST_SUBJECT - 1).trimEnd()}…`
    : subject || '(no subject)'
}

const addEvents = (
  run: Run,
  ticket: Ticket,
  values: Values,
  assignee: StaffMember | null,
  from: string | undefined,
) => {
  const { id: ticket_id, company_id, confidential, visible_to } = ticket
  const happened = [
    { to: 'solved', at: values.solved },
    { to: 'closed', at: values.closed },
  ]
  for (const { to, at } of happened) {
    if (!at || (ticket.status !== 'closed' && ticket.status !== to)) continue
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

const saveTicket = async (run: Run, row: TicketRow, id: string, values: Values) => {
  const existing = run.known.tickets.external(id)
  const company = companyOf(run, row)
  const requester = row.bad ? undefined : requesterOf(run, row, company)
  const home = company ?? run.known.companies.byId(requester?.company_id)
  if (row.bad || !requester || !home || values.status === 'deleted') return leaveOut(run, row, id, '')
  const participants = participantsOf(run, row, home)
  const assignee = assigneeOf(run, row)
  if (row.bad) return leaveOut(run, row, id, '')
  if (!isFirst(run, 'tickets', id, row, row.has('id') ? 'id' : 'number')) return skip(run)

  const wanted = numberOf(row.has('number') ? row.text('number') : row.text('id'))
  const number = existing?.number ?? (await run.numbers.take(wanted))
  if (!existing && wanted !== undefined && number !== wanted)
    row.note('number', 'ticket number is taken: it got another')
  const created =
    values.created ?? existing?.created_at ?? values.solved ?? values.closed ?? values.updated ?? run.now
  const keeps = existing?.status === values.status ? existing.status_since : undefined
  const { status: from, visible_to: were = [] } = existing ?? {}
  const ticket: Ticket = {
    id: existing?.id ?? uuidv7(),
    company_id: home.id,
    number,
    subject: subjectOf(row, values.subject),
    status: values.status,
    priority: values.priority,
    category_id: row.has('category') ? (values.category?.id ?? null) : (existing?.category_id ?? null),
    requester_id: requester.id,
    assignee_id: assignee?.id ?? null,
    confidential: isConfidential(row, values, existing),
    visible_to: visibleTo(requester, participants, existing),
    via: existing?.via ?? 'import',
    created_at: created,
    updated_at: existing?.updated_at ?? created,
    status_since: statusSince(values) ?? keeps ?? created,
    ...linkTo(run, id),
  }
  const saved = save(run, 'tickets', run.known.tickets, existing, ticket)
  addParticipants(
    run,
    saved,
    ticket.visible_to.filter((contact) => !were.includes(contact)),
  )
  if (from !== saved.status) addEvents(run, saved, values, assignee, from)
  if (!existing) run.touched.add(saved.id)
  await describe(run, row, saved, requester, existing === undefined)
}

const isConfidential = (row: TicketRow, values: Values, existing: Ticket | undefined) => {
  const told = values.confidential || values.category?.confidential === true
  return row.has('category') || row.has('confidential') ? told : (existing?.confidential ?? told)
}

export const importTickets = async (run: Run, source: Source) => {
  for await (const row of rowsOf<'tickets'>(run, source)) {
    const id = row.limited('id', 200) ?? row.limited('number', 200)
    if (!id) row.error(row.has('id') ? 'id' : 'number', 'is empty: a ticket needs an id or a number')
    const values = readTicket(run, row)
    const why = row.bad ? undefined : notOurs(run, row, values)
    if (!id || row.bad || why) leaveOut(run, row, id ?? '', why ?? '')
    else await saveTicket(run, row, id, values)
  }
}
