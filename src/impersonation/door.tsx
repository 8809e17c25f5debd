import { deleteCookie, getCookie } from 'hono/cookie'
import { begin } from '#src/db/scope.ts'
import { navigation } from '#src/home/navigation.ts'
import { OverPage } from '#src/impersonation/pages/over.tsx'
import { readPreview } from '#src/impersonation/session.ts'
import { endOf, recordVisit } from '#src/impersonation/trail.ts'
import { paths } from '#src/paths.ts'
import { isRead } from '#src/web/arrival.ts'
import type { PortalContext, PortalHandler } from '#src/web/context.ts'
import { csrfToken } from '#src/web/csrf.ts'
import { forbidden } from '#src/web/errors.tsx'
import { render } from '#src/web/render.tsx'
import { makeView } from '#src/web/view.ts'

/** Never shown in a preview: how she signs in, and where. */
const HERS_ALONE = /^\/portal\/(login|welcome|sessions)(\/|$)/

const over = async (c: PortalContext, token: string) => {
  await endOf(token)
  deleteCookie(c, c.var.site.cookies.preview, { path: '/', secure: c.var.site.https })
  return render(c, <OverPage />, 401)
}

/**
 * Stands before every door of the portal. With the cookie of a preview the visitor is the contact, read only: a transaction
 * of the role that can't write, and 403 for whatever isn't a reading. Nothing is done on the contact's side; each request
 * leaves a row in the audit log before it is answered.
 */
export const previewed: PortalHandler = async (c, next) => {
  const { site, address } = c.var
  const token = getCookie(c, site.cookies.preview)
  // previews live at the installation's own address, as staff do
  if (!token || (c.req.header('host') ?? '').toLowerCase() !== site.host) return next()
  const staffToken = getCookie(c, site.cookies.staff)
  const preview = await readPreview(token, staffToken)
  if (!preview || !staffToken) return over(c, token)

  const { method, path } = c.req
  const { id, reason, until, staff, session } = preview
  const { viewer, tenant, preferences } = session
  const bar = { id, reason, until, by: staff.name, csrf: csrfToken(staffToken) }
  c.set('viewer', viewer)
  c.set('view', makeView({ ...preferences, tenant, viewer, preview: bar, csrf: csrfToken(token), path }))

  const allowed = isRead(method) && !HERS_ALONE.test(path)
  // what moves in an open page is not hers to be shown, so it is no visit either: its door answers nothing
  if (allowed && path === paths.live()) return next()
  await recordVisit(preview, allowed ? 'viewed' : 'refused', { method, path, address })
  if (!allowed) return forbidden(c, 'preview')
  const transaction = await begin(viewer, 'preview')
  try {
    c.set('db', transaction.db)
    c.var.view.navigation = () => navigation(transaction.db, viewer)
    await next()
  } finally {
    await transaction.rollback()
  }
}
