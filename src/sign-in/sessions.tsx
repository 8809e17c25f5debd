import { Hono } from 'hono'
import { deleteCookie } from 'hono/cookie'
import { paths } from '#src/paths.ts'
import { endSession, endSessions } from '#src/sign-in/endings.ts'
import { SessionsPage } from '#src/sign-in/pages/sessions.tsx'
import { listSessions } from '#src/sign-in/session-list.ts'
import type { PortalEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'
import { signedIn } from '#src/web/scope.ts'

const ID = ':id{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}'

export const sessions = new Hono<PortalEnv>()

sessions.get('/', signedIn, async (c) =>
  render(c, <SessionsPage sessions={await listSessions(c.var.viewer)} />),
)

sessions.post(`/${ID}/ending`, signedIn, async (c) => {
  const ended = await endSession(c.var.viewer, c.req.param('id'), 'session-ended', c.var.address)
  if (!ended) return notFound(c)
  flash(c, 'sessions.end.done')
  return c.redirect(paths.sessions(), 303)
})

sessions.post('/endings', signedIn, async (c) => {
  const { viewer, form, site, address, view } = c.var
  const all = form.get('which') === 'all'
  await endSessions(viewer, all ? 'all' : 'others', address)
  if (!all) {
    flash(c, 'sessions.endOthers.done')
    return c.redirect(paths.sessions(), 303)
  }
  deleteCookie(c, site.cookies.session, { path: '/', secure: site.https })
  c.header('clear-site-data', '"prefetchCache", "prerenderCache"')
  flash(c, 'signIn.everywhere.done')
  return c.redirect(paths.login({ tenant: view.tenant?.slug }), 303)
})
