import type { Db } from '#src/db/scope.ts'
import { COLUMNS, type RowOf } from '#src/imports/columns.ts'
import { Shelf } from '#src/imports/shelf.ts'
import { emailKey } from '#src/sign-in/address.ts'

export type Company = RowOf<'company'>
export type Contact = RowOf<'contact'>
export type StaffMember = RowOf<'staff_member'>
export type Ticket = RowOf<'ticket'>
export type Category = { id: string; name: string; confidential: boolean; position: number }

/** A name for comparing: `Acme, Inc.` and `ACME  Inc` are one. */
export const nameKey = (name: string): string => {
  const words = name.normalize('NFKC').toLowerCase()
  const key = words.replace(/[^\p{L}\p{N}&]+/gu, ' ').trim()
  return key || words.trim()
}

/** What a shelf of contacts is asked for: a person of a company, by address or name; an address anywhere. */
export const words = {
  email: (address: string) => `email ${emailKey(address)}`,
  name: (name: string) => `name ${nameKey(name)}`,
  emailAt: (company: { id: string }, address: string) => `${company.id} email ${emailKey(address)}`,
  nameAt: (company: { id: string }, name: string) => `${company.id} name ${nameKey(name)}`,
}

const companyWords = (row: Company) => [words.name(row.name)]

// who is archived is nobody's requester by name, but still has her address in the company
const contactWords = (row: Contact) => {
  const company = { id: row.company_id }
  if (row.archived_at) return row.email ? [words.emailAt(company, row.email)] : []
  const email = row.email ? [words.email(row.email), words.emailAt(company, row.email)] : []
  return [...email, words.nameAt(company, row.name)]
}

const staffWords = (row: StaffMember) => [
  ...(row.email ? [words.email(row.email)] : []),
  words.name(row.name),
]
const ticketWords = (row: Ticket) => [String(row.number)]

const categories = async (db: Db) => {
  const rows = await db.selectFrom('category').select(['id', 'name', 'confidential', 'position']).execute()
  return new Map<string, Category>(rows.map((row) => [nameKey(row.name), row]))
}

const roles = async (db: Db) => {
  const rows = await db.selectFrom('role').select(['id', 'name', 'preset']).execute()
  const named = rows.flatMap((row) => [
    [row.name, row.id] as const,
    ...(row.preset ? [[row.preset, row.id] as const] : []),
  ])
  return {
    ids: new Map(named.map(([name, id]) => [name.toLowerCase(), id])),
    names: rows.map((row) => row.name),
  }
}

/** What the tenant has already: everything that rows of an import may point to. */
export const loadKnown = async (db: Db, source: string) => {
  const companies = new Shelf<Company>('company', source, companyWords)
  const contacts = new Shelf<Contact>('contact', source, contactWords)
  const staff = new Shelf<StaffMember>('staff_member', source, staffWords)
  const tickets = new Shelf<Ticket>('ticket', source, ticketWords)
  for (const row of await db.selectFrom('company').select(COLUMNS.company).execute()) companies.put(row)
  for (const row of await db.selectFrom('contact').select(COLUMNS.contact).execute()) contacts.put(row)
  for (const row of await db.selectFrom('staff_member').select(COLUMNS.staff_member).execute()) staff.put(row)
  const own = db.selectFrom('ticket').select(COLUMNS.ticket).where('source', '=', source)
  for (const row of await own.execute()) tickets.put(row)
  return { companies, contacts, staff, tickets, categories: await categories(db), roles: await roles(db) }
}

export type Known = Awaited<ReturnType<typeof loadKnown>>
