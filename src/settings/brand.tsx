import { Hono } from 'hono'
import { recordAudit } from '#src/audit/record.ts'
import { paths } from '#src/paths.ts'
import {
  anyProblem,
  difference,
  emailProblem,
  type Problems,
  type Typed,
  textProblem,
  typedIn,
  unless,
} from '#src/settings/check.ts'
import { logoIn } from '#src/settings/logo.ts'
import { BrandPage } from '#src/settings/pages/brand.tsx'
import { tenantNow } from '#src/settings/tenant.ts'
import type { StaffEnv } from '#src/web/context.ts'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

const FIELDS = ['name', 'supportEmail', 'supportPhone', 'deskHours', 'welcome', 'brandColor'] as const
export type BrandField = (typeof FIELDS)[number]

const problemsOf = (typed: Typed<BrandField>): Problems => ({
  name: textProblem(typed.name, 120),
  brandColor: unless(/^#[0-9a-f]{6}$/i.test(typed.brandColor), 'setup.problem.color'),
  supportEmail: emailProblem(typed.supportEmail),
  supportPhone: textProblem(typed.supportPhone, 40, false),
  deskHours: textProblem(typed.deskHours, 200, false),
  welcome: textProblem(typed.welcome, 1000, false),
})

type Now = Awaited<ReturnType<typeof tenantNow>>

const typedNow = (now: Now): Typed<BrandField> => ({
  name: now.name,
  supportEmail: now.support_email,
  supportPhone: now.support_phone ?? '',
  deskHours: now.desk_hours ?? '',
  welcome: now.welcome ?? '',
  brandColor: now.brand_color,
})

export const brandSettings = new Hono<StaffEnv>()
const needs = staffNeeds('staff:settings')

brandSettings.get('/', needs, async (c) =>
  render(c, <BrandPage typed={typedNow(await tenantNow(c.var.db))} />),
)

brandSettings.post('/', needs, async (c) => {
  const { db, staff, form, address } = c.var
  const typed = typedIn(form, FIELDS)
  const logo = await logoIn(staff.tenantId, form)
  const problems = { ...problemsOf(typed), ...(logo && 'key' in logo && { logo }) }
  if (anyProblem(problems)) return render(c, <BrandPage typed={typed} problems={problems} />, 422)
  if (form.get('then') === 'preview') return render(c, <BrandPage typed={typed} />)
  const was = await tenantNow(db)
  const next = {
    name: typed.name,
    support_email: typed.supportEmail,
    support_phone: typed.supportPhone || null,
    desk_hours: typed.deskHours || null,
    welcome: typed.welcome || null,
    brand_color: typed.brandColor.toLowerCase(),
  }
  const picture = logo && 'content' in logo ? logo : undefined
  await db
    .updateTable('tenant')
    .set({
      ...next,
      ...(picture && { logo: picture.content, logo_type: picture.type, logo_hash: picture.hash }),
    })
    .execute()
  const { settings: _, ...before } = was
  const { changed, data } = difference(before, { ...next, logo_hash: picture?.hash ?? was.logo_hash })
  if (changed) await recordAudit(db, staff, { action: 'settings.brand', data, ip: address })
  flash(c, 'settings.saved.done')
  return c.redirect(paths.staff.settingsOf('brand'), 303)
})

brandSettings.post('/logo-removal', needs, async (c) => {
  const { db, staff, address } = c.var
  const { logo_hash } = await tenantNow(db)
  await db.updateTable('tenant').set({ logo: null, logo_type: null, logo_hash: null }).execute()
  await recordAudit(db, staff, {
    action: 'settings.logo-removed',
    data: { before: { logo_hash }, after: { logo_hash: null } },
    ip: address,
  })
  flash(c, 'settings.saved.done')
  return c.redirect(paths.staff.settingsOf('brand'), 303)
})
