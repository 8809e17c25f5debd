import { type Permission, permissionsOf } from '#src/permissions.ts'
import { can, type Viewer } from '#src/viewer.ts'

/** A role as the rules see it; somebody without one has no access yet. */
type RoleFacts = { preset: string | null; permissions: string[] }

const within = (role: RoleFacts, held: ReadonlySet<Permission>) =>
  [...permissionsOf(role)].every((name) => held.has(name))

/** A role that the MSP marked for it, and that opens nothing which she can't open herself. */
export const canGive = (viewer: Viewer, role: RoleFacts & { assignable: boolean }) =>
  can(viewer, 'people:manage') && role.assignable && within(role, viewer.permissions)

/** Somebody else, whose role opens no more than her own. */
export const canManage = (viewer: Viewer, person: { id: string; held: RoleFacts | undefined }) =>
  can(viewer, 'people:manage') &&
  person.id !== viewer.contactId &&
  (person.held === undefined || within(person.held, viewer.permissions))
