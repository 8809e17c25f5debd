import { Hono } from 'hono'
import { recordAudit } from '#src/audit/record.ts'
import { paths } from '#src/paths.ts'
import {
  anyProblem,
  difference,
  numberProblem,
  type Problems,
  type Typed,
  typedIn,
} from '#src/settings/check.ts'
import { LimitsPage } from '#src/settings/pages/limits.tsx'
import { changeSettings, tenantNow } from '#src/settings/tenant.ts'
import { LIMITS } from '#src/tenants/settings.ts'
import type { StaffEnv } from '#src/web/context.ts'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

export type LimitField = keyof typeof LIMITS
const FIELDS = Object.keys(LIMITS) as LimitField[]

const problemsOf = (typed: Typed<LimitField>): Problems =>
  Object.fromEntries(
    FIELDS.map((name) => [name, numberProblem(typed[name], LIMITS[name].min, LIMITS[name].max)]),
  )

const numbers = <T,>(value: (name: LimitField) => T) =>
  Object.fromEntries(FIELDS.map((name) => [name, value(name)])) as Record<LimitField, T>

export const limitSettings = new Hono<StaffEnv>()
const needs = staffNeeds('staff:settings')

limitSettings.get('/', needs, async (c) => {
  const { settings } = await tenantNow(c.var.db)
  return render(c, <LimitsPage typed={numbers((name) => String(settings[name]))} />)
})

limitSettings.post('/', needs, async (c) => {
  const { db, staff, form, address } = c.var
  const typed = typedIn(form, FIELDS)
  const problems = problemsOf(typed)
  if (anyProblem(problems)) return render(c, <LimitsPage typed={typed} problems={problems} />, 422)
  const { settings } = await tenantNow(db)
  const next = numbers((name) => Number(typed[name]))
  await changeSettings(db, next)
  const { changed, data } = difference(
    numbers((name) => settings[name]),
    next,
  )
  if (changed) await recordAudit(db, staff, { action: 'settings.sessions', data, ip: address })
  flash(c, 'settings.saved.done')
  return c.redirect(paths.staff.settingsOf('limits'), 303)
})
