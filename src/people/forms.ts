import type { Db } from '#src/db/scope.ts'
import type { MessageKey, Values } from '#src/messages/index.ts'
import { addressProblem, emailKey } from '#src/sign-in/address.ts'
import type { Form } from '#src/web/body.ts'

export const CONTACT_FIELDS = ['name', 'email', 'title', 'phone', 'mobile'] as const
export type ContactField = (typeof CONTACT_FIELDS)[number]
export type ContactInput = Record<ContactField, string>
type Problem = { key: MessageKey; values?: Values }
export type ContactProblems = Partial<Record<ContactField, Problem>>

const LONGEST = { name: 200, title: 200, phone: 50, mobile: 50 } as const

export const blankContact: ContactInput = { name: '', email: '', title: '', phone: '', mobile: '' }

export const typedContact = (form: Form): ContactInput => ({
  name: form.get('name').trim(),
  email: form.get('email').trim(),
  title: form.get('title').trim(),
  phone: form.get('phone').trim(),
  mobile: form.get('mobile').trim(),
})

/** Who else at the company has this address, archived people too. */
const holderOf = (db: Db, companyId: string, email: string) =>
  db
    .selectFrom('contact')
    .select(['id', 'name', 'archived_at'])
    .where('company_id', '=', companyId)
    .where('email_key', '=', emailKey(email))
    .executeTakeFirst()

/** What is wrong with a contact of this company. An address belongs to one of its contacts. */
export const contactProblems = async (
  db: Db,
  companyId: string,
  input: ContactInput,
  except?: string,
): Promise<ContactProblems> => {
  const problems: ContactProblems = {}
  for (const field of ['name', 'title', 'phone', 'mobile'] as const) {
    const over = input[field].length - LONGEST[field]
    if (over > 0) problems[field] = { key: 'form.tooLong', values: { over, max: LONGEST[field] } }
  }
  if (input.name === '') problems.name = { key: 'form.required' }
  if (input.email === '') return problems
  const malformed = addressProblem(input.email)
  if (malformed) problems.email = { key: malformed }
  else {
    const holder = await holderOf(db, companyId, input.email)
    if (holder && holder.id !== except)
      problems.email = {
        key: holder.archived_at ? 'people.email.takenArchived' : 'people.email.taken',
        values: { name: holder.name },
      }
  }
  return problems
}

/** The input as columns. */
export const contactRow = (input: ContactInput) => ({
  name: input.name,
  email: input.email || null,
  email_key: input.email ? emailKey(input.email) : null,
  title: input.title || null,
  phone: input.phone || null,
  mobile: input.mobile || null,
})
