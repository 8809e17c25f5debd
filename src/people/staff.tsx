import { Hono } from 'hono'
import { recordAudit } from '#src/audit/record.ts'
import { findCompany } from '#src/companies/queries.ts'
import { paths } from '#src/paths.ts'
import {
  blankContact,
  CONTACT_FIELDS,
  type ContactInput,
  contactProblems,
  typedContact,
} from '#src/people/forms.ts'
import { ContactForm } from '#src/people/pages/form.tsx'
import { findPerson, lockPerson, type Person } from '#src/people/queries.ts'
import { about, kept, showContact } from '#src/people/show.tsx'
import { addContact, archivePerson, changeContact, restorePerson } from '#src/people/write.ts'
import { ID } from '#src/tickets/route-id.ts'
import { mayChange } from '#src/viewer.ts'
import type { StaffEnv } from '#src/web/context.ts'
import { notFound, problem } from '#src/web/errors.tsx'
import { once } from '#src/web/once.ts'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

const needs = staffNeeds('staff:companies')

/** New contacts, at their company. */
export const companyContacts = new Hono<StaffEnv>()

companyContacts.get(`/${ID}/contacts/new`, needs, async (c) => {
  const company = await findCompany(c.var.db, c.req.param('id'))
  return company
    ? render(c, <ContactForm company={company} input={blankContact} problems={{}} />)
    : notFound(c)
})

companyContacts.post(`/${ID}/contacts`, needs, async (c) => {
  const { db, staff, form } = c.var
  const company = await findCompany(db, c.req.param('id'))
  if (!company) return notFound(c)
  if (company.archived_at) return problem(c, 409)
  const input = typedContact(form)
  const problems = await contactProblems(db, company.id, input)
  if (Object.keys(problems).length > 0)
    return render(c, <ContactForm company={company} input={input} problems={problems} />, 422)
  const done = await once({ db, viewer: staff, form, path: c.req.path }, [...CONTACT_FIELDS], async () => {
    const id = await addContact(db, company.id, input)
    const { name, email } = input
    const entry = {
      ...about(c, { id, company_id: company.id }),
      action: 'contact.added',
      data: { name, email },
    }
    await recordAudit(db, staff, entry)
    return paths.staff.contact(id)
  })
  if (done === 'conflict') return problem(c, 409)
  flash(c, 'people.new.done')
  return c.redirect(done.location, 303)
})

export const contacts = new Hono<StaffEnv>()

contacts.get(`/${ID}`, needs, (c) => showContact(c, c.req.param('id')))

const inputOf = (person: Person): ContactInput => ({
  name: person.name,
  email: person.email ?? '',
  title: person.title ?? '',
  phone: person.phone ?? '',
  mobile: person.mobile ?? '',
})

contacts.get(`/${ID}/edit`, needs, async (c) => {
  const person = await findPerson(c.var.db, c.req.param('id'))
  if (!person) return notFound(c)
  const company = { id: person.company_id, name: person.company }
  const fixedEmail = person.role_id !== null && !mayChange(c.var.staff, 'staff:users')
  return render(c, <ContactForm {...{ company, person, fixedEmail }} input={inputOf(person)} problems={{}} />)
})

contacts.post(`/${ID}`, needs, async (c) => {
  const { db, staff, form } = c.var
  const person = await lockPerson(db, c.req.param('id'))
  if (!person) return notFound(c)
  const company = { id: person.company_id, name: person.company }
  const before = inputOf(person)
  const input = typedContact(form)
  // who may only keep contacts must not lead a portal user's sign-in to another mailbox
  const fixedEmail = person.role_id !== null && !mayChange(staff, 'staff:users')
  const problems = await contactProblems(db, company.id, input, person.id)
  if (fixedEmail && input.email !== before.email) problems.email = { key: 'people.email.fixed' }
  else if (person.role_id && input.email === '') problems.email = { key: 'people.email.needed' }
  if (Object.keys(problems).length > 0)
    return render(c, <ContactForm {...{ company, person, fixedEmail, input, problems }} />, 422)
  await changeContact(db, person, input)
  await recordAudit(db, staff, {
    ...about(c, person),
    action: 'contact.changed',
    data: { before, after: input },
  })
  flash(c, 'people.edit.done')
  return c.redirect(paths.staff.contact(person.id), 303)
})

contacts.post(`/${ID}/archiving`, needs, async (c) => {
  const person = await lockPerson(c.var.db, c.req.param('id'))
  if (!person) return notFound(c)
  return kept(c, person, await archivePerson(c.var.db, person), {
    action: 'contact.archived',
    done: 'people.archive.done',
  })
})

contacts.post(`/${ID}/restoring`, needs, async (c) => {
  const person = await lockPerson(c.var.db, c.req.param('id'))
  if (!person) return notFound(c)
  await restorePerson(c.var.db, person)
  return kept(c, person, [], { action: 'contact.restored', done: 'people.restore.done' })
})
