import { Hono } from 'hono'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { difference, type Problem, textProblem } from '#src/settings/check.ts'
import { CategoriesPage } from '#src/settings/pages/categories.tsx'
import { ID } from '#src/tickets/route-id.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

const MOST = 100

const all = (db: Db) =>
  db
    .selectFrom('category')
    .select(['id', 'name', 'confidential', 'position', 'archived_at'])
    .orderBy('position')
    .orderBy('name')
    .execute()

export type CategoryRow = Awaited<ReturnType<typeof all>>[number]
/** The form that came back: of which category (none: a new one), what was typed, what is wrong. */
export type Mistake = { id: string | undefined; name: string; confidential: boolean; problem: Problem }

const show = async (c: StaffContext, mistake?: Mistake) =>
  render(c, <CategoriesPage rows={await all(c.var.db)} mistake={mistake} />, mistake ? 422 : 200)

const nameProblem = async (db: Db, name: string, id?: string): Promise<Problem | undefined> => {
  const problem = textProblem(name, 80)
  if (problem) return problem
  const rows = await all(db)
  const key = name.toLowerCase()
  if (rows.some((row) => row.id !== id && row.name.toLowerCase() === key))
    return { key: 'settings.problem.categoryTaken' }
  return !id && rows.length >= MOST
    ? { key: 'settings.problem.categoryMany', values: { max: MOST } }
    : undefined
}

const typedIn = (c: StaffContext) => ({
  name: c.var.form.get('name').trim(),
  confidential: c.var.form.get('confidential') !== '',
})

const done = (c: StaffContext) => {
  flash(c, 'settings.saved.done')
  return c.redirect(paths.staff.categories(), 303)
}

const find = (db: Db, id: string) =>
  db
    .selectFrom('category')
    .select(['id', 'name', 'confidential', 'position', 'archived_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()

const note = (c: StaffContext, action: string, id: string, data: Parameters<typeof recordAudit>[2]['data']) =>
  recordAudit(c.var.db, c.var.staff, {
    action: `category.${action}`,
    object: { kind: 'category', id },
    ...(data && { data }),
    ip: c.var.address,
  })

export const categories = new Hono<StaffEnv>()
const needs = staffNeeds('staff:settings')

categories.get('/', needs, (c) => show(c))

categories.post('/', needs, async (c) => {
  const { db } = c.var
  const typed = typedIn(c)
  const problem = await nameProblem(db, typed.name)
  if (problem) return show(c, { id: undefined, ...typed, problem })
  const id = uuidv7()
  const last = (await all(db)).at(-1)?.position ?? -1
  await db
    .insertInto('category')
    .values({ id, ...typed, position: last + 1 })
    .execute()
  await note(c, 'added', id, { after: typed })
  return done(c)
})

categories.post(`/${ID}`, needs, async (c) => {
  const { db } = c.var
  const category = await find(db, c.req.param('id'))
  if (!category) return notFound(c)
  const typed = typedIn(c)
  const problem = await nameProblem(db, typed.name, category.id)
  if (problem) return show(c, { id: category.id, ...typed, problem })
  await db.updateTable('category').set(typed).where('id', '=', category.id).execute()
  const { changed, data } = difference({ name: category.name, confidential: category.confidential }, typed)
  if (changed) await note(c, 'changed', category.id, data)
  return done(c)
})

categories.post(`/${ID}/moves`, needs, async (c) => {
  const { db, form } = c.var
  const rows = await all(db)
  const at = rows.findIndex(({ id }) => id === c.req.param('id'))
  const moved = rows[at]
  if (!moved) return notFound(c)
  const to = Math.max(0, Math.min(rows.length - 1, at + (form.get('to') === 'up' ? -1 : 1)))
  const order = rows.toSpliced(at, 1).toSpliced(to, 0, moved)
  for (const [position, { id }] of order.entries())
    await db.updateTable('category').set({ position }).where('id', '=', id).execute()
  await note(c, 'moved', moved.id, { before: { position: at }, after: { position: to } })
  return c.redirect(paths.staff.categories(), 303)
})

categories.post(`/${ID}/archiving`, needs, async (c) => {
  const { db, form } = c.var
  const category = await find(db, c.req.param('id'))
  if (!category) return notFound(c)
  const back = form.get('to') === 'restored'
  await db
    .updateTable('category')
    .set({ archived_at: back ? null : sql<Date>`coalesce(archived_at, now())` })
    .where('id', '=', category.id)
    .execute()
  await note(c, back ? 'restored' : 'archived', category.id, {})
  return done(c)
})
