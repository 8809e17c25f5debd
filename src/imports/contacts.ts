import { uuidv7 } from 'uuidv7'
import { addCompany, companyOf, fullName, isOff, linkTo } from '#src/imports/companies.ts'
import { type Company, type Contact, words } from '#src/imports/known.ts'
import type { Row } from '#src/imports/row.ts'
import { add, change, isFirst, type Run, rowsOf, save, standIn } from '#src/imports/run.ts'
import type { Source } from '#src/imports/source.ts'
import { importMember } from '#src/imports/staff.ts'
import { accountWord } from '#src/imports/words.ts'
import { emailKey } from '#src/sign-in/address.ts'

type Person = { id: string | undefined; email: string | undefined; name: string }

/** Somebody without a company is a client of their own: nobody else belongs there. */
const ownCompany = (run: Run, row: Row<'contacts'>, { id, email, name }: Person): Company | undefined => {
  const link = `contact ${id ?? email ?? name}`
  const known = run.known.companies.external(link)
  if (known) return known
  const text = { missing: 'names no company', made: 'contact without a company: one of their own was added' }
  return standIn(run, row, row.has('companyId') ? 'companyId' : 'company', text)
    ? addCompany(run, name, link)
    : undefined
}

/** Whether another record of the same source is meant than the row's. */
const isAnother = (run: Run, id: string | undefined, contact: Contact) =>
  id !== undefined &&
  contact.source === run.options.source &&
  contact.external_id !== null &&
  contact.external_id !== id

/** A contact keeps her company, because her tickets and session do: in a new one she is another contact. */
const retire = (run: Run, row: Row<'contacts'>, contact: Contact) => {
  const off = { disabled_at: contact.disabled_at ?? run.now, archived_at: contact.archived_at ?? run.now }
  const noLink = { source: null, external_id: null, email: null, email_key: null, role_id: null }
  change(run, run.known.contacts, contact, { ...noLink, ...off })
  row.note('companyId', 'contact is with another company now: added there, and archived where they were')
}

const existingContact = (run: Run, row: Row<'contacts'>, company: Company, { id, email, name }: Person) => {
  const { contacts } = run.known
  const linked = id === undefined ? undefined : contacts.external(id)
  if (linked && linked.company_id === company.id) return linked
  if (linked) retire(run, row, linked)
  const word = email
    ? words.emailAt(company, email)
    : id === undefined
      ? words.nameAt(company, name)
      : undefined
  const found = word === undefined ? undefined : contacts.only(word)
  return found && !isAnother(run, id, found) ? found : undefined
}

/** An address signs in one contact of a company: a second one with the same address is kept without. */
const ownAddress = (
  run: Run,
  row: Row<'contacts'>,
  company: Company,
  person: Person,
  existing: Contact | undefined,
) => {
  const holder = person.email && run.known.contacts.all(words.emailAt(company, person.email))[0]
  if (!holder || holder === existing) return person.email ?? null
  const taken = `"${person.email}" is the address of another contact of the company (${holder.name})`
  if (run.options.strict || row.text('portalRole') !== '') row.error('email', taken)
  else row.note('email', 'address belongs to another contact of the company: left out')
  return existing?.email ?? null
}

/** Portal access: the role that the row names, none when it names none; undefined without the column. */
const roleOf = (run: Run, row: Row<'contacts'>): string | null | undefined => {
  if (!row.has('portalRole')) return undefined
  const { ids, names } = run.known.roles
  const role = row.word('portalRole', (text) => ids.get(text.toLowerCase()), 'role', names)
  if (role && row.text('email') === '') row.error('email', 'is empty: portal access needs an address')
  return role ?? null
}

/** A field's text, null when it is empty; undefined without the column, for what keeps its value then. */
const own = (row: Row<'contacts'>, field: 'title' | 'role' | 'phone' | 'mobile', longest: number) =>
  row.has(field) ? (row.limited(field, longest) ?? null) : undefined

/** All that stands in the row itself, before anything is looked up or added. */
const read = (run: Run, row: Row<'contacts'>, source: Source) => {
  const email = row.email('email')
  return {
    person: { id: row.limited('id', 200), email, name: row.required('name', fullName(row) ?? email) },
    title: own(row, row.has('title') || source.rolesAreAccounts ? 'title' : 'role', 200),
    phone: own(row, 'phone', 60),
    mobile: own(row, 'mobile', 60),
    role: roleOf(run, row),
    created: row.date('created'),
    off: isOff(row),
  }
}

const importContact = (run: Run, row: Row<'contacts'>, source: Source) => {
  const { person, title, phone, mobile, role, created, off } = read(run, row, source)
  const company = row.bad
    ? undefined
    : (companyOf(run, row) ?? (row.bad ? undefined : ownCompany(run, row, person)))
  if (!company) return skip(run)
  const existing = existingContact(run, row, company, person)
  const email = row.has('email') ? ownAddress(run, row, company, person, existing) : (existing?.email ?? null)
  const contact: Contact = {
    id: existing?.id ?? uuidv7(),
    company_id: company.id,
    name: person.name,
    email,
    email_key: email && emailKey(email),
    title: title === undefined ? (existing?.title ?? null) : title,
    phone: phone === undefined ? (existing?.phone ?? null) : phone,
    mobile: mobile === undefined ? (existing?.mobile ?? null) : mobile,
    role_id: role === undefined ? (existing?.role_id ?? null) : role,
    ...linkTo(run, person.id, existing),
    created_at: existing?.created_at ?? created ?? run.now,
    disabled_at: existing?.disabled_at ?? (off ? run.now : null),
    archived_at: existing?.archived_at ?? null,
  }
  if (row.bad || !isFirst(run, 'contacts', contact.id, row, person.id ? 'id' : 'name')) skip(run)
  else save(run, 'contacts', run.known.contacts, existing, contact)
}

const skip = (run: Run) => {
  run.report.counts.contacts.skipped += 1
}

export const importContacts = async (run: Run, source: Source) => {
  const { columns } = source.layout
  if (!columns.has('companyId') && !columns.has('company') && !run.options.company)
    return run.report.error(
      { file: source.table.name, row: 1 },
      'has no column for the company: say --company NAME',
    )
  for await (const row of rowsOf<'contacts'>(run, source))
    if (source.rolesAreAccounts && accountWord(row.text('role')) === 'staff') importMember(run, row)
    else importContact(run, row, source)
}

/** Adds a contact whom no file describes: without portal access. */
export const addContact = (run: Run, company: Company, { id, email, name }: Person): Contact =>
  add(run, run.known.contacts, {
    id: uuidv7(),
    company_id: company.id,
    name: name.slice(0, 200),
    email: email ?? null,
    email_key: email ? emailKey(email) : null,
    title: null,
    phone: null,
    mobile: null,
    role_id: null,
    ...linkTo(run, id),
    created_at: run.now,
    disabled_at: null,
    archived_at: null,
  })
