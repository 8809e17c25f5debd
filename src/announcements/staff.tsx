import { Hono } from 'hono'
import { uuidv7 } from 'uuidv7'
import { blank, problemsOf, severity, type Typed, typedIn, typedOf } from '#src/announcements/form.ts'
import { AnnouncementForm } from '#src/announcements/pages/form.tsx'
import { AnnouncementsPage } from '#src/announcements/pages/list.tsx'
import { allAnnouncements, companyChoices, findAnnouncement, instantOf } from '#src/announcements/queries.ts'
import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { anyProblem, difference } from '#src/settings/check.ts'
import { ID } from '#src/tickets/route-id.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

const valuesOf = async (db: Db, typed: Typed, timeZone: string) => ({
  title: typed.title,
  body: typed.body,
  severity: severity.parse(typed.severity),
  limited_to: typed.audience === 'companies' ? typed.companies : null,
  shown_from: await instantOf(db, typed.from, timeZone),
  shown_until: typed.until ? await instantOf(db, typed.until, timeZone) : null,
})

type Values = Awaited<ReturnType<typeof valuesOf>>

const told = (values: Values) => ({
  ...values,
  shown_from: values.shown_from.toISOString(),
  shown_until: values.shown_until?.toISOString() ?? null,
})

const note = (c: StaffContext, action: string, id: string, data: ReturnType<typeof difference>['data']) =>
  recordAudit(c.var.db, c.var.staff, {
    action: `announcement.${action}`,
    object: { kind: 'announcement', id },
    data,
    ip: c.var.address,
  })

const back = (c: StaffContext) => {
  flash(c, 'settings.saved.done')
  return c.redirect(paths.staff.announcements(), 303)
}

/** The form as it may be written; the page with what is wrong, when something is. */
const read = async (c: StaffContext, id?: string) => {
  const { db, form, view } = c.var
  const typed = typedIn(form)
  const companies = await companyChoices(db)
  const problems = problemsOf(typed, new Set(companies.map((company) => company.id)))
  if (anyProblem(problems))
    return { page: <AnnouncementForm id={id} {...{ typed, companies, problems }} />, values: undefined }
  return { page: undefined, values: await valuesOf(db, typed, view.timeZone) }
}

export const announcements = new Hono<StaffEnv>()
const needs = staffNeeds('staff:settings')

announcements.get('/', needs, async (c) => {
  const [rows, companies] = await Promise.all([allAnnouncements(c.var.db), companyChoices(c.var.db)])
  return render(c, <AnnouncementsPage rows={rows} companies={companies} />)
})

announcements.get('/new', needs, async (c) => {
  const typed = blank(c.var.view.now, c.var.view.timeZone)
  return render(c, <AnnouncementForm typed={typed} companies={await companyChoices(c.var.db)} />)
})

announcements.post('/', needs, async (c) => {
  const { page, values } = await read(c)
  if (!values) return render(c, page, 422)
  const id = uuidv7()
  await c.var.db
    .insertInto('announcement')
    .values({ id, ...values })
    .execute()
  await note(c, 'added', id, { before: {}, after: told(values) })
  return back(c)
})

announcements.get(`/${ID}`, needs, async (c) => {
  const { db, view } = c.var
  const row = await findAnnouncement(db, c.req.param('id'))
  if (!row) return notFound(c)
  const typed = typedOf(row, view.timeZone)
  return render(c, <AnnouncementForm id={row.id} typed={typed} companies={await companyChoices(db)} />)
})

announcements.post(`/${ID}`, needs, async (c) => {
  const { db } = c.var
  const row = await findAnnouncement(db, c.req.param('id'))
  if (!row) return notFound(c)
  const { page, values } = await read(c, row.id)
  if (!values) return render(c, page, 422)
  await db.updateTable('announcement').set(values).where('id', '=', row.id).execute()
  const { id, state, ...was } = row
  const { changed, data } = difference(told(was), told(values))
  if (changed) await note(c, 'changed', id, data)
  return back(c)
})

announcements.post(`/${ID}/removal`, needs, async (c) => {
  const { db } = c.var
  const row = await findAnnouncement(db, c.req.param('id'))
  if (!row) return notFound(c)
  await db.deleteFrom('announcement').where('id', '=', row.id).execute()
  const { id, state, ...was } = row
  await note(c, 'removed', id, { before: told(was), after: {} })
  return back(c)
})
