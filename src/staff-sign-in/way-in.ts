import { getCookie } from 'hono/cookie'
import { paths } from '#src/paths.ts'
import { keepStep, letStaffIn, type StaffEntry } from '#src/staff-sign-in/enter.ts'
import { staffReturnPath } from '#src/staff-sign-in/next.ts'
import { readStep, type Step } from '#src/staff-sign-in/steps.ts'
import { tenantBySlug } from '#src/tenants/tenant.ts'
import type { PublicContext } from '#src/web/context.ts'
import { flash } from '#src/web/render.tsx'

/** The tenant that the address names: the next page's address names it again. */
export const slugOf = (c: PublicContext) => (c.req.query('tenant') ? c.var.view.tenant?.slug : undefined)

/** The tenant of this page, or the one that was typed where there are several. */
export const tenantTyped = async (c: PublicContext) =>
  c.var.view.tenant ?? (await tenantBySlug(c.var.form.get('organization').trim().toLowerCase()))

/** On to the second factor, or to making one. */
export const toSecondFactor = (
  c: PublicContext,
  tenant: { id: string; slug: string | undefined },
  step: string,
  next?: string,
) => {
  keepStep(c, tenant.id, step, next)
  return c.redirect(paths.staff.loginCode({ tenant: tenant.slug }), 303)
}

/** The step that this browser's cookie opens, and where it wanted to go. */
export const stepOf = async (c: PublicContext): Promise<{ step: Step; next: string } | undefined> => {
  const [token, next] = (getCookie(c, c.var.site.cookies.staffStep) ?? '').split('~')
  const step = await readStep('second-factor', token)
  return step && { step, next: staffReturnPath(next, c.var.site.origin) ?? paths.staff.home() }
}

/** Too late, or too many wrong codes: back to the first page, which says so. */
export const startOver = (c: PublicContext) => {
  flash(c, 'staffSignIn.over.done')
  return c.redirect(paths.staff.login({ tenant: slugOf(c) }), 303)
}

/** In, and on to where she wanted to be. */
export const enter = (c: PublicContext, entry: StaffEntry, next: string) => {
  letStaffIn(c, entry)
  return c.redirect(next, 303)
}
