import { Hono } from 'hono'
import { type Company, findCompany } from '#src/companies/queries.ts'
import { paths } from '#src/paths.ts'
import { canBeInvited, invite } from '#src/people/invite.ts'
import { InviteCompanyPage } from '#src/people/pages/invite-company.tsx'
import { everybodyAt } from '#src/people/queries.ts'
import { withRoles } from '#src/people/users.tsx'
import { rolesFor } from '#src/roles/queries.ts'
import { ID } from '#src/tickets/route-id.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

const needs = staffNeeds('staff:users')

/** A whole company at once: everybody who was never invited. */
export const companyInvitations = new Hono<StaffEnv>()

const newHere = async (c: StaffContext, company: Company) => {
  const people = await everybodyAt(c.var.db, company.id)
  return {
    people,
    invited: people.filter(
      (person) => (person.state === 'none' || person.state === 'open') && canBeInvited(person),
    ),
  }
}

const show = async (c: StaffContext, company: Company, problem?: string) => {
  const { people, invited } = await newHere(c, company)
  const roles = await rolesFor(c.var.db, company.id)
  const noEmail = people.filter((person) => !person.email).length
  return render(
    c,
    <InviteCompanyPage {...{ company, invited, roles, noEmail, problem }} />,
    problem ? 422 : 200,
  )
}

companyInvitations.get(`/${ID}/invitations`, needs, async (c) => {
  const company = await findCompany(c.var.db, c.req.param('id'))
  return company && !company.archived_at ? show(c, company) : notFound(c)
})

companyInvitations.post(`/${ID}/invitations`, needs, async (c) => {
  const { db, staff, form, view, address } = c.var
  const company = await findCompany(db, c.req.param('id'))
  if (!company || company.archived_at) return notFound(c)
  const { invited } = await newHere(c, company)
  const chosen = await withRoles(db, invited, form.get('role'))
  if ('refused' in chosen) return show(c, company, view.t('people.role.unknown'))
  const orphaned = await invite(db, staff, chosen.invitees, address)
  if (orphaned.length > 0)
    return show(c, company, view.t('people.lastAdmin', { companies: view.format.list(orphaned) }))
  flash(c, 'people.bulk.done')
  return c.redirect(paths.staff.company(company.id), 303)
})
