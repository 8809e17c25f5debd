import { recordAudit } from '#src/audit/record.ts'
import type { Json } from '#src/db/schema.gen.ts'
import type { MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { ContactPage } from '#src/people/pages/contact.tsx'
import { findPerson, type Person } from '#src/people/queries.ts'
import { rolesFor } from '#src/roles/queries.ts'
import type { StaffContext } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'

/** What every audit row about a contact says. */
export const about = (c: StaffContext, person: { id: string; company_id: string }) => ({
  company: person.company_id,
  object: { kind: 'contact', id: person.id },
  ip: c.var.address,
})

/** A contact's page; with the reason when a change of her was not made. */
export const showContact = async (c: StaffContext, id: string, problem?: string) => {
  const { db } = c.var
  const person = await findPerson(db, id)
  if (!person) return notFound(c)
  const roles = await rolesFor(db, person.company_id)
  return render(c, <ContactPage person={person} roles={roles} problem={problem} />, problem ? 422 : 200)
}

/**
 * The end of a change that must leave a company somebody who manages its people: the audit row and back to her page,
 * or the page with the reason why nothing was done.
 */
export const kept = async (
  c: StaffContext,
  person: Person,
  orphaned: string[],
  end: { action: string; done: MessageKey; data?: { [key: string]: Json } },
) => {
  const { t, format } = c.var.view
  if (orphaned.length > 0)
    return showContact(c, person.id, t('people.lastAdmin', { companies: format.list(orphaned) }))
  const { action, done, data = {} } = end
  await recordAudit(c.var.db, c.var.staff, {
    ...about(c, person),
    action,
    data: { name: person.name, ...data },
  })
  flash(c, done)
  return c.redirect(paths.staff.contact(person.id), 303)
}
