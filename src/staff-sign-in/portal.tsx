import { Hono } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { paths } from '#src/paths.ts'
import { endStaffSession } from '#src/staff-sign-in/endings.ts'
import { staffReturnPath } from '#src/staff-sign-in/next.ts'
import type { StaffEnv } from '#src/web/context.ts'
import { flash, render } from '#src/web/render.tsx'
import { staffSignedIn } from '#src/web/staff-scope.ts'
import { askForProof, fresh } from '#src/web/step-up.tsx'

/** Where a page that needs a fresh second factor sends those who haven't shown it lately. */
export const proof = new Hono<StaffEnv>()

proof.get('/', staffSignedIn, async (c) =>
  render(c, await askForProof(c, paths.staff.proof(), [['next', c.req.query('next') ?? '']])),
)

proof.post('/', staffSignedIn, fresh, (c) =>
  c.redirect(staffReturnPath(c.var.form.get('next'), c.var.site.origin) ?? paths.staff.home(), 303),
)

export const staffSignOut = new Hono<StaffEnv>()

staffSignOut.post('/', staffSignedIn, async (c) => {
  const { staff, site, view, address } = c.var
  await endStaffSession(staff, staff.sessionId, 'signed-out', address)
  deleteCookie(c, site.cookies.staff, { path: '/', secure: site.https })
  flash(c, 'staffSignIn.signedOut.done')
  return c.redirect(paths.staff.login({ tenant: view.tenant?.slug }), 303)
})
