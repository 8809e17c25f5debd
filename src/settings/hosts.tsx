import { Hono } from 'hono'
import { sql } from 'kysely'
import { recordAudit } from '#src/audit/record.ts'
import type { Db } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import type { Problem } from '#src/settings/check.ts'
import { whereLeads } from '#src/settings/dns.ts'
import { type HostRow, HostsPage } from '#src/settings/pages/hosts.tsx'
import { hostInput } from '#src/tenants/manage.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'
import { fresh } from '#src/web/step-up.tsx'

const MOST = 20

const hosts = (db: Db): Promise<HostRow[]> =>
  db
    .selectFrom('tenant_host')
    .select(['host', 'verified_at', 'checked_at', 'found'])
    .orderBy('host')
    .execute()

/** The name that clients' DNS records lead to. */
const homeOf = (c: StaffContext) => new URL(c.var.site.origin).hostname

const show = async (c: StaffContext, typed = '', problem?: Problem) =>
  render(
    c,
    <HostsPage hosts={await hosts(c.var.db)} home={homeOf(c)} typed={typed} problem={problem} />,
    problem ? 422 : 200,
  )

const add = async (db: Db, host: string, home: string): Promise<Problem | undefined> => {
  if (!hostInput.safeParse(host).success) return { key: 'settings.problem.host' }
  if (host === home) return { key: 'settings.problem.hostOurs' }
  if ((await hosts(db)).length >= MOST) return { key: 'settings.problem.hostMany', values: { max: MOST } }
  const made = await db
    .insertInto('tenant_host')
    .values({ host, verified_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 0n ? { key: 'settings.problem.hostTaken' } : undefined
}

/** Looks where the name leads now. A name that nobody could look up stays what it was. */
const check = async (c: StaffContext, host: string) => {
  const { db, staff, address } = c.var
  const { outcome, found } = await whereLeads(host, homeOf(c))
  const now = sql<Date>`now()`
  await db
    .updateTable('tenant_host')
    .set({
      checked_at: now,
      found: outcome === 'unknown' ? '?' : found,
      ...(outcome === 'here' && { verified_at: sql<Date>`coalesce(verified_at, now())` }),
      ...((outcome === 'elsewhere' || outcome === 'nowhere') && { verified_at: null }),
    })
    .where('host', '=', host)
    .execute()
  await recordAudit(db, staff, {
    action: 'settings.host-checked',
    data: { host, outcome, found },
    ip: address,
  })
  flash(c, `settings.hosts.${outcome}.done`)
}

export const hostSettings = new Hono<StaffEnv>()
const needs = staffNeeds('staff:settings')

hostSettings.get('/', needs, (c) => show(c))

hostSettings.post('/', needs, fresh, async (c) => {
  const { db, staff, form, address } = c.var
  const host = form.get('host').trim().toLowerCase()
  const problem = await add(db, host, homeOf(c))
  if (problem) return show(c, form.get('host'), problem)
  await recordAudit(db, staff, { action: 'settings.host-added', data: { host }, ip: address })
  await check(c, host)
  return c.redirect(paths.staff.settingsOf('hosts'), 303)
})

const known = async (c: StaffContext) => {
  const host = c.var.form.get('host')
  return (await hosts(c.var.db)).some((row) => row.host === host) ? host : undefined
}

hostSettings.post('/checks', needs, async (c) => {
  const host = await known(c)
  if (!host) return notFound(c)
  await check(c, host)
  return c.redirect(paths.staff.settingsOf('hosts'), 303)
})

hostSettings.post('/removal', needs, fresh, async (c) => {
  const { db, staff, address } = c.var
  const host = await known(c)
  if (!host) return notFound(c)
  await db.deleteFrom('tenant_host').where('host', '=', host).execute()
  await recordAudit(db, staff, { action: 'settings.host-removed', data: { host }, ip: address })
  flash(c, 'settings.saved.done')
  return c.redirect(paths.staff.settingsOf('hosts'), 303)
})
