import { Hono } from 'hono'
import { recordAudit } from '#src/audit/record.ts'
import { paths } from '#src/paths.ts'
import { AREA_NAMES } from '#src/permissions.ts'
import { difference } from '#src/settings/check.ts'
import { AreasPage } from '#src/settings/pages/areas.tsx'
import { changeSettings, tenantNow } from '#src/settings/tenant.ts'
import type { StaffEnv } from '#src/web/context.ts'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

export const areaSettings = new Hono<StaffEnv>()
const needs = staffNeeds('staff:settings')

areaSettings.get('/', needs, async (c) => {
  const { settings } = await tenantNow(c.var.db)
  return render(c, <AreasPage off={settings.areasOff} />)
})

areaSettings.post('/', needs, async (c) => {
  const { db, staff, form, address } = c.var
  const on = new Set(form.all('area'))
  const areasOff = AREA_NAMES.filter((name) => !on.has(name))
  const { settings } = await tenantNow(db)
  await changeSettings(db, { areasOff })
  const { changed, data } = difference({ off: settings.areasOff }, { off: areasOff })
  if (changed) await recordAudit(db, staff, { action: 'settings.areas', data, ip: address })
  flash(c, 'settings.saved.done')
  return c.redirect(paths.staff.settingsOf('areas'), 303)
})
