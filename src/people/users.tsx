import { Hono } from 'hono'
import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { canBeInvited, type Invitee, invite } from '#src/people/invite.ts'
import { UsersPage } from '#src/people/pages/users.tsx'
import { findPeople, listPeople, type Person, peopleFilter } from '#src/people/queries.ts'
import { allRoles, defaultAmong, type Role, rolesFor } from '#src/roles/queries.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

const needs = staffNeeds('staff:users')

/** Everybody's way into the portal, over all companies. */
export const users = new Hono<StaffEnv>()

const show = async (c: StaffContext, problem?: string) => {
  const filter = peopleFilter(c.req.query())
  const [people, roles] = await Promise.all([listPeople(c.var.db, filter), allRoles(c.var.db)])
  return render(c, <UsersPage {...{ filter, people, roles, problem }} />, problem ? 422 : 200)
}

users.get('/', needs, (c) => show(c))

type Chosen = { invitees: Invitee[] } | { refused: Person }

/** Each with the role that was chosen, else the one she has, else her company's default. Or who may not hold it. */
export const withRoles = async (db: Db, people: Person[], roleId: string): Promise<Chosen> => {
  const byCompany = new Map<string, Role[]>()
  const invitees: Invitee[] = []
  for (const person of people) {
    const known = byCompany.get(person.company_id) ?? (await rolesFor(db, person.company_id))
    byCompany.set(person.company_id, known)
    const role = roleId
      ? known.find(({ id }) => id === roleId)
      : (known.find(({ id }) => id === person.role_id) ?? defaultAmong(known))
    if (!role) return { refused: person }
    const { id, name, company_id } = person
    invitees.push({ id, name, company_id, roleId: role.id, role: role.name })
  }
  return { invitees }
}

users.post('/invitations', needs, async (c) => {
  const { db, staff, form, view, address } = c.var
  const ids = z.array(z.uuid()).safeParse(form.all('contact')).data ?? []
  const people = (ids.length > 0 ? await findPeople(db, ids) : []).filter(canBeInvited)
  if (people.length === 0) return show(c, view.t('people.bulk.nobody'))
  const chosen = await withRoles(db, people, form.get('role'))
  if ('refused' in chosen)
    return show(
      c,
      view.t('people.bulk.refused', { name: chosen.refused.name, company: chosen.refused.company }),
    )
  const orphaned = await invite(db, staff, chosen.invitees, address)
  if (orphaned.length > 0)
    return show(c, view.t('people.lastAdmin', { companies: view.format.list(orphaned) }))
  flash(c, 'people.bulk.done')
  return c.redirect(paths.staff.users(), 303)
})
