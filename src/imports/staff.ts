import { uuidv7 } from 'uuidv7'
import { fullName, isOff, linkTo } from '#src/imports/companies.ts'
import { type StaffMember, words } from '#src/imports/known.ts'
import type { Row } from '#src/imports/row.ts'
import { add, isFirst, type Run, rowsOf, save } from '#src/imports/run.ts'
import type { Source } from '#src/imports/source.ts'
import { emailKey } from '#src/sign-in/address.ts'

const existingMember = (run: Run, id: string | undefined, email: string | undefined, name: string) => {
  const { staff } = run.known
  const linked = id === undefined ? undefined : staff.external(id)
  if (linked) return linked
  const found = email ? staff.only(words.email(email)) : staff.only(words.name(name))
  const isAnother = id !== undefined && found?.source === run.options.source && found.external_id !== null
  return isAnother ? undefined : found
}

/** Addresses of staff are unique: a second person with the same one is kept without. */
const ownAddress = (
  run: Run,
  row: Row<'staff' | 'contacts'>,
  email: string | undefined,
  existing: StaffMember | undefined,
) => {
  const holder = email && run.known.staff.only(words.email(email))
  if (!holder || holder === existing) return email ?? null
  row.note('email', 'address belongs to another member of staff: left out')
  return existing?.email ?? null
}

/** A row about a member of staff, of a file of staff or of accounts of both sorts. */
export const importMember = (run: Run, row: Row<'staff' | 'contacts'>) => {
  const id = row.limited('id', 200)
  const given = row.email('email')
  const name = row.required('name', fullName(row) ?? given)
  const off = isOff(row)
  const existing = existingMember(run, id, given, name)
  const email = row.has('email') ? ownAddress(run, row, given, existing) : (existing?.email ?? null)
  const member: StaffMember = {
    id: existing?.id ?? uuidv7(),
    name,
    email,
    email_key: email && emailKey(email),
    title: row.has('title') ? (row.limited('title', 200) ?? null) : (existing?.title ?? null),
    ...linkTo(run, id, existing),
    disabled_at: existing?.disabled_at ?? (off ? run.now : null),
  }
  if (row.bad || !isFirst(run, 'staff', member.id, row, id ? 'id' : 'name'))
    run.report.counts.staff.skipped += 1
  else save(run, 'staff', run.known.staff, existing, member)
}

export const importStaff = async (run: Run, source: Source) => {
  for await (const row of rowsOf<'staff'>(run, source)) importMember(run, row)
}

/** Adds a member of staff of whom a ticket gives the name. */
export const addMember = (run: Run, name: string): StaffMember =>
  add(run, run.known.staff, {
    id: uuidv7(),
    name: name.slice(0, 200),
    email: null,
    email_key: null,
    title: null,
    ...linkTo(run, undefined),
    disabled_at: null,
  })
