import type { Permission } from '#src/permissions.ts'

/** A contact who is signed in. Permissions were read in this request. */
export type Contact = {
  kind: 'contact'
  tenantId: string
  companyId: string
  contactId: string
  sessionId: string
  name: string
  email: string
  companyName: string
  permissions: ReadonlySet<Permission>
}

/** Who is at the door of this request. Staff and API keys join with their surfaces. */
export type Viewer = Contact

export const can = (viewer: Viewer, permission: Permission): boolean => viewer.permissions.has(permission)

/** Which tickets exist for this viewer: the word that row-level security compares (`app.tickets`). */
export const ticketScope = (viewer: Viewer): 'none' | 'own' | 'company' | 'all' => {
  // who opens a ticket is on it, whether or not her role opens its page
  if (!can(viewer, 'tickets:view')) return can(viewer, 'tickets:create') ? 'own' : 'none'
  if (can(viewer, 'tickets:view-confidential')) return can(viewer, 'tickets:view-company') ? 'all' : 'own'
  return can(viewer, 'tickets:view-company') ? 'company' : 'own'
}
