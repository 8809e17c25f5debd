import { Hono } from 'hono'
import { recordAudit } from '#src/audit/record.ts'
import { findCompany } from '#src/companies/queries.ts'
import { paths } from '#src/paths.ts'
import { lockCompanies } from '#src/people/queries.ts'
import { CompanyRolesPage } from '#src/roles/pages/company.tsx'
import { allRoles, narrowedTo } from '#src/roles/queries.ts'
import { narrowTo, outside } from '#src/roles/write.ts'
import { ID } from '#src/tickets/route-id.ts'
import type { StaffEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'
import { fresh } from '#src/web/step-up.tsx'

const needs = staffNeeds('staff:roles')

/** Which roles one company's people may hold. */
export const companyRoles = new Hono<StaffEnv>()

companyRoles.get(`/${ID}/roles`, needs, async (c) => {
  const { db } = c.var
  const company = await findCompany(db, c.req.param('id'))
  if (!company) return notFound(c)
  const [roles, chosen] = await Promise.all([allRoles(db), narrowedTo(db, company.id)])
  return render(c, <CompanyRolesPage company={company} roles={roles} chosen={chosen} />)
})

companyRoles.post(`/${ID}/roles`, needs, fresh, async (c) => {
  const { db, staff, form, view, address } = c.var
  const company = await findCompany(db, c.req.param('id'))
  if (!company) return notFound(c)
  await lockCompanies(db, [company.id])
  const roles = await allRoles(db)
  const given = new Set(form.all('role'))
  const chosen = roles.filter((role) => given.has(role.id))
  const ids = chosen.map((role) => role.id)
  const again = (refusal: string) =>
    render(
      c,
      <CompanyRolesPage company={company} roles={roles} chosen={new Set(ids)} refusal={refusal} />,
      422,
    )
  if (ids.length === 0) return again(view.t('roles.narrow.none'))
  const others = await outside(db, company.id, ids)
  const names = others.map(({ name, role }) => view.t('roles.inUse.person', { name, company: role }))
  if (names.length > 0) return again(view.t('roles.narrow.held', { people: view.format.list(names) }))
  // every role means no narrowing: one that is made later is open to it as well
  await narrowTo(db, company.id, ids.length === roles.length ? [] : ids)
  await recordAudit(db, staff, {
    action: 'company.roles-changed',
    company: company.id,
    object: { kind: 'company', id: company.id },
    data: { after: { roles: chosen.map((role) => role.name) } },
    ip: address,
  })
  flash(c, 'roles.narrow.done')
  return c.redirect(paths.staff.company(company.id), 303)
})
