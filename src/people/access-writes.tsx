import { Hono } from 'hono'
import { paths } from '#src/paths.ts'
import { canBeInvited, invite } from '#src/people/invite.ts'
import { lockPerson } from '#src/people/queries.ts'
import { kept, showContact } from '#src/people/show.tsx'
import { withRoles } from '#src/people/users.tsx'
import { disablePerson, enablePerson, giveRole, revokePerson } from '#src/people/write.ts'
import { rolesFor } from '#src/roles/queries.ts'
import { ID } from '#src/tickets/route-id.ts'
import type { StaffEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { flash } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

const needs = staffNeeds('staff:users')

/** What staff decide about one contact's way into the portal. */
export const accessWrites = new Hono<StaffEnv>()

accessWrites.post(`/${ID}/invitation`, needs, async (c) => {
  const { db, staff, form, view, address } = c.var
  const person = await lockPerson(db, c.req.param('id'))
  if (!person) return notFound(c)
  if (!canBeInvited(person)) return showContact(c, person.id, view.t('people.invite.not'))
  const chosen = await withRoles(db, [person], form.get('role'))
  if ('refused' in chosen) return showContact(c, person.id, view.t('people.role.unknown'))
  const orphaned = await invite(db, staff, chosen.invitees, address)
  if (orphaned.length > 0)
    return showContact(c, person.id, view.t('people.lastAdmin', { companies: view.format.list(orphaned) }))
  flash(c, 'people.invite.done')
  return c.redirect(paths.staff.contact(person.id), 303)
})

accessWrites.post(`/${ID}/role`, needs, async (c) => {
  const { db, form, view } = c.var
  const person = await lockPerson(db, c.req.param('id'))
  if (!person) return notFound(c)
  const role = (await rolesFor(db, person.company_id)).find(({ id }) => id === form.get('role'))
  if (!role || !person.role_id) return showContact(c, person.id, view.t('people.role.unknown'))
  return kept(c, person, await giveRole(db, person, role.id), {
    action: 'contact.role-changed',
    done: 'people.role.done',
    data: { before: { role: person.role }, after: { role: role.name } },
  })
})

accessWrites.post(`/${ID}/disabling`, needs, async (c) => {
  const person = await lockPerson(c.var.db, c.req.param('id'))
  if (!person) return notFound(c)
  const orphaned = await disablePerson(c.var.db, person)
  return kept(c, person, orphaned, { action: 'contact.disabled', done: 'people.disable.done' })
})

accessWrites.post(`/${ID}/enabling`, needs, async (c) => {
  const person = await lockPerson(c.var.db, c.req.param('id'))
  if (!person) return notFound(c)
  await enablePerson(c.var.db, person)
  return kept(c, person, [], { action: 'contact.enabled', done: 'people.enable.done' })
})

accessWrites.post(`/${ID}/revocation`, needs, async (c) => {
  const person = await lockPerson(c.var.db, c.req.param('id'))
  if (!person) return notFound(c)
  const orphaned = await revokePerson(c.var.db, person)
  const before = { role: person.role }
  return kept(c, person, orphaned, {
    action: 'contact.revoked',
    done: 'people.revoke.done',
    data: { before },
  })
})
