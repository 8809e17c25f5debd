import type { Permission, StaffPermission, StaffRole } from '#src/permissions.ts'

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

/** Somebody of the MSP who is signed in. Role and permissions were read in this request. */
export type Staff = {
  kind: 'staff'
  tenantId: string
  staffId: string
  sessionId: string
  name: string
  email: string
  role: StaffRole
  permissions: ReadonlySet<StaffPermission>
  /** When the second factor was last shown. */
  provedAt: Date
}

/** The id that a person's own rows carry. */
export const personOf = (who: Contact | Staff): string => (who.kind === 'staff' ? who.staffId : who.contactId)

/** Who is at the portal's door in this request. */
export type Viewer = Contact

export function can(viewer: Contact, permission: Permission): boolean
export function can(viewer: Staff, permission: StaffPermission): boolean
export function can(viewer: Contact | Staff, permission: Permission | StaffPermission): boolean {
  const held: ReadonlySet<string> = viewer.permissions
  return held.has(permission)
}

/** A viewer of the staff app reads what her role opens, and changes nothing. */
export const mayChange = (staff: Staff, permission: StaffPermission) =>
  staff.role !== 'viewer' && can(staff, permission)

/** Which tickets exist for this viewer: the word that row-level security compares (`app.tickets`). */
export const ticketScope = (viewer: Viewer): 'none' | 'own' | 'company' | 'all' => {
  // who opens a ticket is on it, whether or not her role opens its page
  if (!can(viewer, 'tickets:view')) return can(viewer, 'tickets:create') ? 'own' : 'none'
  if (can(viewer, 'tickets:view-confidential')) return can(viewer, 'tickets:view-company') ? 'all' : 'own'
  return can(viewer, 'tickets:view-company') ? 'company' : 'own'
}
