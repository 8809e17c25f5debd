import { PERMISSIONS, type Permission } from '#src/permissions.ts'

/** The portal's pages in the order of its menu; each shows the permissions that open it and what is done there. */
export const GROUPS = [
  'tickets',
  'invoices',
  'quotes',
  'contracts',
  'knowledge',
  'risks',
  'concierge',
  'people',
  'profile',
] as const
export type Group = (typeof GROUPS)[number]

/** Pages that the portal doesn't have yet: a role may hold their permissions already. */
export const LATER: ReadonlySet<Group> = new Set([
  'invoices',
  'quotes',
  'contracts',
  'knowledge',
  'risks',
  'concierge',
])

const groupOf = (permission: Permission): Group => {
  const [area] = permission.split(':')
  // a company's own activity is read by those who look after its people
  return area === 'company' ? 'people' : (GROUPS.find((group) => group === area) ?? 'profile')
}

export const permissionsIn = (group: Group): Permission[] =>
  PERMISSIONS.filter((permission) => groupOf(permission) === group)
