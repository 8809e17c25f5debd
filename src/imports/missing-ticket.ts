import { uuidv7 } from 'uuidv7'
import { linkTo, unknownCompany } from '#src/imports/companies.ts'
import { addContact } from '#src/imports/contacts.ts'
import type { Contact, Ticket } from '#src/imports/known.ts'
import type { Row } from '#src/imports/row.ts'
import { add, type Run, standIn } from '#src/imports/run.ts'
import { numberOf } from '#src/imports/source.ts'
import { addParticipants } from '#src/imports/ticket-people.ts'

export const standInSubject = (id: string) => `Ticket ${id}`.slice(0, 200)

/** Its first author asked, unless that is staff; somebody unknown gets no access. */
const asker = (run: Run, row: Row<'messages'>): Contact => {
  const id = row.text('authorId')
  const known = id ? run.known.contacts.external(id) : undefined
  if (known) return known
  const home = unknownCompany(run)
  if (!id || run.known.staff.external(id))
    return addContact(run, home, { id: undefined, email: undefined, name: 'Unknown contact' })
  return addContact(run, home, { id, email: undefined, name: row.text('author') || `User ${id}` })
}

/**
 * A stand-in for a ticket that messages belong to and no file holds: closed and confidential, because nothing is known
 * about it. The ticket's own row, when it is imported one day, takes its place.
 */
export const missingTicket = async (
  run: Run,
  row: Row<'messages'>,
  id: string,
): Promise<Ticket | undefined> => {
  const missing = `there is no ticket ${id}`
  const text = { missing, made: 'ticket in no file: a confidential, closed stand-in was added' }
  if (!standIn(run, row, row.has('ticketId') ? 'ticketId' : 'ticketNumber', text)) return undefined
  const requester = asker(run, row)
  const created = row.date('created') ?? run.now
  const ticket = add<Ticket>(run, run.known.tickets, {
    id: uuidv7(),
    company_id: requester.company_id,
    number: await run.numbers.take(numberOf(id)),
    subject: standInSubject(id),
    status: 'closed',
    priority: 'normal',
    category_id: null,
    requester_id: requester.id,
    assignee_id: null,
    confidential: true,
    visible_to: [requester.id],
    via: 'import',
    created_at: created,
    updated_at: created,
    status_since: created,
    ...linkTo(run, id),
  })
  addParticipants(run, ticket, [requester.id])
  run.touched.add(ticket.id)
  return ticket
}
