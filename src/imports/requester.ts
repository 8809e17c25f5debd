import { unknownCompany } from '#src/imports/companies.ts'
import { addContact } from '#src/imports/contacts.ts'
import { type Company, type Contact, words } from '#src/imports/known.ts'
import type { Row } from '#src/imports/row.ts'
import { type Run, standIn } from '#src/imports/run.ts'

type TicketRow = Row<'tickets'>

/** The contact that an address or name means: in the company if one is known, else anywhere if there is one only. */
export const contactCalled = (run: Run, company: Company | undefined, said: string): Contact | undefined => {
  const { contacts } = run.known
  if (said === '') return undefined
  if (company)
    return contacts.only(said.includes('@') ? words.emailAt(company, said) : words.nameAt(company, said))
  return said.includes('@') ? contacts.only(words.email(said)) : undefined
}

/** The same person as a contact of the ticket's company, which is where she is seen from; never with portal access. */
const inCompany = (run: Run, row: TicketRow, company: Company, contact: Contact): Contact | undefined => {
  if (contact.company_id === company.id) return contact
  const found = contactCalled(run, company, contact.email ?? contact.name)
  if (found) return found
  const text = {
    missing: `${contact.name} is a contact of another company than the ticket`,
    made: 'requester is with another company: the ticket has a contact of that name without access',
  }
  const person = { id: undefined, email: contact.email ?? undefined, name: contact.name }
  return standIn(run, row, 'requesterId', text) ? addContact(run, company, person) : undefined
}

const named = (row: TicketRow) => {
  const id = row.limited('requesterId', 200)
  const said = [row.text('requesterEmail'), row.text('requester')].filter(Boolean)
  return { id, said, email: said.find((text) => text.includes('@')) }
}

const field = (row: TicketRow) =>
  (['requesterId', 'requesterEmail', 'requester'] as const).find((each) => row.text(each) !== '') ??
  'requester'

const missing = (run: Run, row: TicketRow, company: Company | undefined): Contact | undefined => {
  const { id, said, email } = named(row)
  const name = said.find((text) => !text.includes('@')) ?? email ?? (id ? `User ${id}` : 'Unknown contact')
  const text =
    id || said[0]
      ? {
          missing: `there is no contact ${said[0] ?? id}`,
          made: 'requester in no file: a stand-in without access was added',
        }
      : { missing: 'names no requester', made: 'ticket without a requester: it has an unknown contact' }
  const home = company ?? unknownCompany(run)
  const known = id || email ? undefined : contactCalled(run, home, name)
  return standIn(run, row, field(row), text)
    ? (known ?? addContact(run, home, { id, email, name }))
    : undefined
}

/** Asked by somebody of the provider: no ticket of a client. */
export const isByStaff = (run: Run, row: TicketRow): boolean => {
  const { id, email } = named(row)
  if (id !== undefined) return !run.known.contacts.external(id) && run.known.staff.external(id) !== undefined
  return (
    email !== undefined &&
    !run.known.contacts.all(words.email(email))[0] &&
    run.known.staff.only(words.email(email)) !== undefined
  )
}

/** Who asked, as a contact of the ticket's company; her own company when the row names none. */
export const requesterOf = (run: Run, row: TicketRow, company: Company | undefined): Contact | undefined => {
  const { id, said } = named(row)
  const linked = id === undefined ? undefined : run.known.contacts.external(id)
  const found = linked ?? said.map((text) => contactCalled(run, company, text)).find(Boolean)
  if (found) return company ? inCompany(run, row, company, found) : found
  return missing(run, row, company)
}
