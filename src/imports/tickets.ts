import { companyOf } from '#src/imports/companies.ts'
import { describe } from '#src/imports/descriptions.ts'
import type { Ticket } from '#src/imports/known.ts'
import { isByStaff, requesterOf } from '#src/imports/requester.ts'
import type { Row } from '#src/imports/row.ts'
import { isFirst, type Run, rowsOf, save } from '#src/imports/run.ts'
import { numberOf, type Source } from '#src/imports/source.ts'
import { addEvents } from '#src/imports/ticket-events.ts'
import { addParticipants, participantsOf } from '#src/imports/ticket-people.ts'
import { type People, ticketRow } from '#src/imports/ticket-row.ts'
import { assigneeOf, readTicket, type TicketValues } from '#src/imports/ticket-values.ts'

type TicketRow = Row<'tickets'>

/** The row's ticket and its messages are not imported. */
const leaveOut = (run: Run, row: TicketRow) => {
  for (const name of [row.text('id'), row.text('number')]) if (name) run.leftOut.add(name)
  run.report.counts.tickets.skipped += 1
}

/** Why a row that is right is no ticket here. */
const notOurs = (run: Run, row: TicketRow, values: TicketValues): string | undefined => {
  if (values.isDeleted) return 'ticket is deleted in its source: left out'
  if (values.isHidden) return 'ticket is not public in its source: left out'
  return isByStaff(run, row) ? 'ticket was asked by staff, not by a client: left out' : undefined
}

const findPeople = (run: Run, row: TicketRow): People | undefined => {
  const company = companyOf(run, row)
  const requester = row.bad ? undefined : requesterOf(run, row, company)
  const home = run.known.companies.byId(requester?.company_id)
  if (!requester || !home) return undefined
  return { requester, participants: participantsOf(run, row, home), assignee: assigneeOf(run, row) }
}

const numberFor = async (run: Run, row: TicketRow, existing: Ticket | undefined): Promise<number> => {
  if (existing) return existing.number
  const wanted = numberOf(row.has('number') ? row.text('number') : row.text('id'))
  const number = await run.numbers.take(wanted)
  if (wanted !== undefined && number !== wanted) row.note('number', 'ticket number is taken: it got another')
  return number
}

const saveTicket = async (run: Run, row: TicketRow, id: string, values: TicketValues, people: People) => {
  const existing = run.known.tickets.external(id)
  const number = await numberFor(run, row, existing)
  const { status: from, visible_to: were = [] } = existing ?? {}
  const ticket = ticketRow(run, row, id, values, people, existing, number)
  const saved = save(run, 'tickets', run.known.tickets, existing, ticket)
  const joined = ticket.visible_to.filter((contact) => !were.includes(contact))
  addParticipants(run, saved, joined)
  if (from !== saved.status) addEvents(run, saved, values, people.assignee ?? null, from)
  if (!existing) run.touched.add(saved.id)
  await describe(run, row, saved, people.requester, existing === undefined)
}

const importTicket = async (run: Run, row: TicketRow) => {
  const id = row.limited('id', 200) ?? row.limited('number', 200)
  if (!id) row.error(row.has('id') ? 'id' : 'number', 'is empty: a ticket needs an id or a number')
  const values = readTicket(run, row)
  if (!id || row.bad) return leaveOut(run, row)
  const why = notOurs(run, row, values)
  if (why) {
    row.note('status', why)
    return leaveOut(run, row)
  }
  const people = findPeople(run, row)
  if (!people || row.bad) return leaveOut(run, row)
  if (isFirst(run, 'tickets', id, row, row.has('id') ? 'id' : 'number'))
    await saveTicket(run, row, id, values, people)
  else run.report.counts.tickets.skipped += 1
}

export const importTickets = async (run: Run, source: Source) => {
  for await (const row of rowsOf<'tickets'>(run, source)) await importTicket(run, row)
}
