import { Hono } from 'hono'
import { demoStart } from '#src/demo/start-page.tsx'
import { home } from '#src/home/portal.tsx'
import { previewed } from '#src/impersonation/door.tsx'
import { portalLive, staffLive } from '#src/live/routes.ts'
import { mailbox } from '#src/mail/mailbox-page.tsx'
import { health, metrics } from '#src/operate/routes.ts'
import { colleagues } from '#src/people/portal.tsx'
import { activity } from '#src/people/portal-activity.tsx'
import { welcome } from '#src/people/welcome.tsx'
import { profile } from '#src/profile/portal.tsx'
import { signIn, signOut } from '#src/sign-in/portal.tsx'
import { sessions } from '#src/sign-in/sessions.tsx'
import { staffApp } from '#src/staff-app.ts'
import { staffEntrance } from '#src/staff-sign-in/entrance.ts'
import { setup } from '#src/tenants/setup.tsx'
import { attachments, tickets } from '#src/tickets/portal.tsx'
import { serveAssets } from '#src/web/assets.ts'
import { brand } from '#src/web/brand-routes.ts'
import type { AnyEnv, PortalEnv, PublicEnv } from '#src/web/context.ts'
import { failed, notFound } from '#src/web/errors.tsx'
import { securityHeaders } from '#src/web/headers.ts'
import { anybody, knownHost } from '#src/web/public.ts'
import { about } from '#src/web/request.ts'
import { contactOnly } from '#src/web/scope.ts'
import type { Site } from '#src/web/site.ts'
import { SPECULATION, serveSpeculation } from '#src/web/speculation.ts'
import { atHome } from '#src/web/staff-scope.ts'

/** THE table of contents: every surface, its door, and what stands behind it. */
export const createApp = (site: Site) => {
  const app = new Hono<AnyEnv>()
  app.onError(failed)
  app.notFound(notFound)
  app.use(about(site), securityHeaders(site.https))

  app.route('/', health)
  app.route('/metrics', metrics)
  app.get('/assets/:file', serveAssets)
  app.get(SPECULATION.path, serveSpeculation)
  app.use(knownHost)
  app.route('/brand', brand)
  app.get('/', (c) => c.redirect(site.mode === 'demo' ? '/demo' : '/portal', 303))

  app.route('/portal', new Hono<PortalEnv>().use(previewed))

  // Without a session. Each has the door to itself: mounted at '/', it would stand before the portal as well.
  const entrance = (routes: Hono<PublicEnv>) => new Hono<PublicEnv>().use(anybody).route('/', routes)
  app.route('/portal/login', entrance(signIn))
  app.route('/portal/welcome', entrance(welcome))
  app.route('/setup', entrance(setup))
  if (site.mode === 'demo') app.route('/demo', entrance(demoStart))
  if (site.mode === 'demo' || site.mode === 'development') app.route('/mailbox', entrance(mailbox))

  // Streams, with guards of their own: they last for hours, and a door's transaction must not
  app.route('/portal/live', portalLive)

  // Contacts
  const portal = new Hono<PortalEnv>().use(contactOnly)
  portal.route('/', home)
  portal.route('/tickets', tickets)
  portal.route('/attachments', attachments)
  portal.route('/sessions', sessions)
  portal.route('/people', colleagues)
  portal.route('/activity', activity)
  portal.route('/profile', profile)
  portal.route('/logout', signOut)
  app.route('/portal', portal)

  // The MSP's own people, at the installation's address only
  app.use('/staff/*', atHome)
  app.route('/staff/login', entrance(staffEntrance))
  app.route('/staff/live', staffLive)
  app.route('/staff', staffApp)

  return app
}
