import { Hono } from 'hono'
import { announcements } from '#src/announcements/staff.tsx'
import { approvals } from '#src/approvals/staff.tsx'
import { audit } from '#src/audit/staff.tsx'
import { companies } from '#src/companies/staff.tsx'
import { demoStart } from '#src/demo/start-page.tsx'
import { home } from '#src/home/portal.tsx'
import { previewed } from '#src/impersonation/door.tsx'
import { contactPreview, previews } from '#src/impersonation/staff.tsx'
import { portalLive, staffLive } from '#src/live/routes.ts'
import { mailbox } from '#src/mail/mailbox-page.tsx'
import { health, metrics } from '#src/operate/routes.ts'
import { paths } from '#src/paths.ts'
import { accessWrites } from '#src/people/access-writes.tsx'
import { companyInvitations } from '#src/people/company-invitations.tsx'
import { effective } from '#src/people/effective.tsx'
import { leaving } from '#src/people/leaving.tsx'
import { colleagues } from '#src/people/portal.tsx'
import { activity } from '#src/people/portal-activity.tsx'
import { companyContacts, contacts } from '#src/people/staff.tsx'
import { upload } from '#src/people/upload-route.tsx'
import { users } from '#src/people/users.tsx'
import { welcome } from '#src/people/welcome.tsx'
import { profile } from '#src/profile/portal.tsx'
import { companyRoles } from '#src/roles/company.tsx'
import { roles } from '#src/roles/staff.tsx'
import { categories } from '#src/settings/categories.tsx'
import { settings } from '#src/settings/staff.tsx'
import { signIn, signOut } from '#src/sign-in/portal.tsx'
import { sessions } from '#src/sign-in/sessions.tsx'
import { staffEntrance } from '#src/staff-sign-in/entrance.ts'
import { proof, staffSignOut } from '#src/staff-sign-in/portal.tsx'
import { security } from '#src/staff-sign-in/security.tsx'
import { team } from '#src/team/staff.tsx'
import { setup } from '#src/tenants/setup.tsx'
import { attachments, tickets } from '#src/tickets/portal.tsx'
import { staffAttachments, staffTickets } from '#src/tickets/staff.tsx'
import { serveAssets } from '#src/web/assets.ts'
import { brand } from '#src/web/brand-routes.ts'
import type { AnyEnv, PortalEnv, PublicEnv, StaffEnv } from '#src/web/context.ts'
import { failed, notFound } from '#src/web/errors.tsx'
import { securityHeaders } from '#src/web/headers.ts'
import { anybody, knownHost } from '#src/web/public.ts'
import { about } from '#src/web/request.ts'
import { contactOnly } from '#src/web/scope.ts'
import type { Site } from '#src/web/site.ts'
import { SPECULATION, serveSpeculation } from '#src/web/speculation.ts'
import { atHome, staffOnly, staffSignedIn } from '#src/web/staff-scope.ts'

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
  const staff = new Hono<StaffEnv>().use(staffOnly)
  staff.route('/proof', proof)
  staff.route('/logout', staffSignOut)
  staff.route('/security', security)
  staff.route('/team', team)
  staff.get('/', staffSignedIn, (c) => c.redirect(paths.staff.tickets(), 303))
  staff.route('/companies', companies)
  staff.route('/companies', companyContacts)
  staff.route('/companies', companyInvitations)
  staff.route('/companies', companyRoles)
  staff.route('/contacts', contacts)
  staff.route('/contacts', accessWrites)
  staff.route('/contacts', leaving)
  staff.route('/contacts', effective)
  staff.route('/roles', roles)
  staff.route('/users', users)
  staff.route('/users/upload', upload)
  staff.route('/tickets', staffTickets)
  staff.route('/attachments', staffAttachments)
  staff.route('/contacts', contactPreview)
  staff.route('/previews', previews)
  staff.route('/approvals', approvals)
  staff.route('/audit', audit)
  staff.route('/settings', settings)
  staff.route('/categories', categories)
  staff.route('/announcements', announcements)
  app.route('/staff', staff)

  return app
}
