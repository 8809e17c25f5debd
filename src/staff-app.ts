import { Hono } from 'hono'
import { announcements } from '#src/announcements/staff.tsx'
import { approvals } from '#src/approvals/staff.tsx'
import { audit } from '#src/audit/staff.tsx'
import { companies } from '#src/companies/staff.tsx'
import { contactPreview, previews } from '#src/impersonation/staff.tsx'
import { paths } from '#src/paths.ts'
import { accessWrites } from '#src/people/access-writes.tsx'
import { companyInvitations } from '#src/people/company-invitations.tsx'
import { effective } from '#src/people/effective.tsx'
import { leaving } from '#src/people/leaving.tsx'
import { companyContacts, contacts } from '#src/people/staff.tsx'
import { upload } from '#src/people/upload-route.tsx'
import { users } from '#src/people/users.tsx'
import { companyRoles } from '#src/roles/company.tsx'
import { roles } from '#src/roles/staff.tsx'
import { categories } from '#src/settings/categories.tsx'
import { settings } from '#src/settings/staff.tsx'
import { proof, staffSignOut } from '#src/staff-sign-in/portal.tsx'
import { security } from '#src/staff-sign-in/security.tsx'
import { team } from '#src/team/staff.tsx'
import { staffAttachments, staffTickets } from '#src/tickets/staff.tsx'
import type { StaffEnv } from '#src/web/context.ts'
import { staffOnly, staffSignedIn } from '#src/web/staff-scope.ts'

/** The table of contents of the staff app: what stands behind its door. */
export const staffApp = new Hono<StaffEnv>().use(staffOnly)
staffApp.route('/proof', proof)
staffApp.route('/logout', staffSignOut)
staffApp.route('/security', security)
staffApp.route('/team', team)
staffApp.get('/', staffSignedIn, (c) => c.redirect(paths.staff.tickets(), 303))
staffApp.route('/companies', companies)
staffApp.route('/companies', companyContacts)
staffApp.route('/companies', companyInvitations)
staffApp.route('/companies', companyRoles)
staffApp.route('/contacts', contacts)
staffApp.route('/contacts', accessWrites)
staffApp.route('/contacts', leaving)
staffApp.route('/contacts', effective)
staffApp.route('/roles', roles)
staffApp.route('/users', users)
staffApp.route('/users/upload', upload)
staffApp.route('/tickets', staffTickets)
staffApp.route('/attachments', staffAttachments)
staffApp.route('/contacts', contactPreview)
staffApp.route('/previews', previews)
staffApp.route('/approvals', approvals)
staffApp.route('/audit', audit)
staffApp.route('/settings', settings)
staffApp.route('/categories', categories)
staffApp.route('/announcements', announcements)
