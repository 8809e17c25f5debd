import { Hono } from 'hono'
import { recordAudit } from '#src/audit/record.ts'
import { CompanyPage } from '#src/companies/pages/company.tsx'
import { CompanyForm } from '#src/companies/pages/form.tsx'
import { CompaniesPage } from '#src/companies/pages/list.tsx'
import {
  activityAt,
  companyFilter,
  countCompanies,
  findCompany,
  listCompanies,
  openTicketsOf,
} from '#src/companies/queries.ts'
import {
  addCompany,
  archiveCompany,
  companyNameProblem,
  renameCompany,
  restoreCompany,
} from '#src/companies/write.ts'
import { paths } from '#src/paths.ts'
import { listPeople, peopleFilter } from '#src/people/queries.ts'
import { ID } from '#src/tickets/route-id.ts'
import type { StaffEnv } from '#src/web/context.ts'
import { notFound, problem } from '#src/web/errors.tsx'
import { once } from '#src/web/once.ts'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

export const companies = new Hono<StaffEnv>()

const needs = staffNeeds('staff:companies')

companies.get('/', needs, async (c) => {
  const filter = companyFilter(c.req.query())
  const [list, counts] = await Promise.all([listCompanies(c.var.db, filter), countCompanies(c.var.db)])
  return render(c, <CompaniesPage filter={filter} list={list} counts={counts} />)
})

companies.get('/new', needs, (c) => render(c, <CompanyForm typed="" />))

companies.post('/', needs, async (c) => {
  const { db, staff, form, address } = c.var
  const name = form.get('name').trim()
  const wrong = await companyNameProblem(db, name)
  if (wrong) return render(c, <CompanyForm typed={form.get('name')} problem={wrong} />, 422)
  const done = await once({ db, viewer: staff, form, path: c.req.path }, ['name'], async () => {
    const id = await addCompany(db, name)
    const object = { kind: 'company', id }
    await recordAudit(db, staff, {
      action: 'company.added',
      company: id,
      object,
      data: { name },
      ip: address,
    })
    return paths.staff.company(id)
  })
  if (done === 'conflict') return problem(c, 409)
  flash(c, 'companies.new.done')
  return c.redirect(done.location, 303)
})

companies.get(`/${ID}`, needs, async (c) => {
  const { db } = c.var
  const id = c.req.param('id')
  const company = await findCompany(db, id)
  if (!company) return notFound(c)
  const filter = { ...peopleFilter(c.req.query()), company: id }
  const [people, tickets, activity] = await Promise.all([
    listPeople(db, filter),
    openTicketsOf(db, id),
    activityAt(db, id),
  ])
  return render(c, <CompanyPage {...{ company, filter, people, tickets, activity }} />)
})

companies.get(`/${ID}/edit`, needs, async (c) => {
  const company = await findCompany(c.var.db, c.req.param('id'))
  return company ? render(c, <CompanyForm company={company} typed={company.name} />) : notFound(c)
})

companies.post(`/${ID}`, needs, async (c) => {
  const { db, staff, form, address } = c.var
  const company = await findCompany(db, c.req.param('id'))
  if (!company) return notFound(c)
  const { id } = company
  const name = form.get('name').trim()
  const wrong = await companyNameProblem(db, name, id)
  if (wrong) return render(c, <CompanyForm company={company} typed={form.get('name')} problem={wrong} />, 422)
  await renameCompany(db, id, name)
  await recordAudit(db, staff, {
    action: 'company.renamed',
    company: id,
    object: { kind: 'company', id },
    data: { before: { name: company.name }, after: { name } },
    ip: address,
  })
  flash(c, 'companies.edit.done')
  return c.redirect(paths.staff.company(id), 303)
})

for (const [path, archived] of [
  ['archiving', true],
  ['restoring', false],
] as const)
  companies.post(`/${ID}/${path}`, needs, async (c) => {
    const { db, staff, address } = c.var
    const company = await findCompany(db, c.req.param('id'))
    if (!company) return notFound(c)
    const { id, name } = company
    await (archived ? archiveCompany(db, id) : restoreCompany(db, id))
    await recordAudit(db, staff, {
      action: archived ? 'company.archived' : 'company.restored',
      company: id,
      object: { kind: 'company', id },
      data: { name },
      ip: address,
    })
    flash(c, archived ? 'companies.archive.done' : 'companies.restore.done')
    return c.redirect(paths.staff.company(id), 303)
  })
