import { type Contact, type StaffMember, type Ticket, words } from '#src/imports/known.ts'
import type { Row } from '#src/imports/row.ts'
import type { Run } from '#src/imports/run.ts'
import { authorWord } from '#src/imports/words.ts'

export type Author = { contact: Contact | undefined; staff: StaffMember | undefined; name: string }

const contactOf = (run: Run, row: Row<'messages'>, ticket: Ticket): Contact | undefined => {
  const [id, email, name] = [row.text('authorId'), row.text('authorEmail'), row.text('author')]
  const home = { id: ticket.company_id }
  const { contacts } = run.known
  return (
    (id ? contacts.external(id) : undefined) ??
    (email ? (contacts.only(words.emailAt(home, email)) ?? contacts.only(words.email(email))) : undefined) ??
    (id || email || !name ? undefined : contacts.only(words.nameAt(home, name)))
  )
}

const memberOf = (run: Run, row: Row<'messages'>): StaffMember | undefined => {
  const [id, email, name] = [row.text('authorId'), row.text('authorEmail'), row.text('author')]
  const { staff } = run.known
  return (
    (id ? staff.external(id) : undefined) ??
    (email ? staff.only(words.email(email)) : undefined) ??
    (id || email || !name ? undefined : staff.only(words.name(name)))
  )
}

/** Who wrote: a contact, a member of staff, or just a name. The column `author_type` decides where both could be. */
export const authorOf = (run: Run, row: Row<'messages'>, ticket: Ticket): Author => {
  const type = row.word('authorType', authorWord, 'kind of author', ['contact', 'staff', 'system'])
  const contact = type === 'staff' || type === 'system' ? undefined : contactOf(run, row, ticket)
  const staff = contact || type === 'contact' || type === 'system' ? undefined : memberOf(run, row)
  const found = contact ?? staff
  if (!found && type !== 'system') row.note('authorId', 'author in no file: the message has a name only')
  const said = row.text('author') || row.text('authorEmail')
  const nobody =
    type === 'system' ? run.tenantName : row.text('authorId') ? `User ${row.text('authorId')}` : 'Unknown'
  return { contact, staff, name: (found?.name ?? (said || nobody)).slice(0, 200) }
}
