/** The catalogue: every permission of the portal, and which preset holds it. Custom roles choose from the same list. */
export const PERMISSIONS = [
  'tickets:view',
  'tickets:view-company',
  'tickets:view-confidential',
  'tickets:create',
  'tickets:create-for-others',
  'tickets:reply',
  'tickets:close',
  'invoices:view',
  'invoices:pay',
  'quotes:view',
  'quotes:accept',
  'contracts:view',
  'contracts:sign',
  'knowledge:view',
  'risks:view',
  'risks:sign',
  'profile:edit',
  'concierge:use',
  'people:view',
  'people:manage',
  'company:activity',
] as const

export type Permission = (typeof PERMISSIONS)[number]

const viewer: Permission[] = ['tickets:view', 'knowledge:view', 'profile:edit']
const user: Permission[] = [...viewer, 'tickets:create', 'tickets:reply', 'tickets:close', 'concierge:use']
const approver: Permission[] = [
  ...user,
  'tickets:view-company',
  'quotes:view',
  'quotes:accept',
  'contracts:view',
  'risks:view',
  'risks:sign',
]
const accounting: Permission[] = [...user, 'invoices:view', 'invoices:pay', 'quotes:view', 'contracts:view']
const manager: Permission[] = [...new Set([...approver, ...accounting]), 'tickets:create-for-others']

export const PRESETS = { viewer, user, approver, accounting, manager, admin: [...PERMISSIONS] } as const

export type Preset = keyof typeof PRESETS
export const PRESET_NAMES = Object.keys(PRESETS) as Preset[]

const known = new Set<string>(PERMISSIONS)
const presets = new Map(Object.entries(PRESETS).map(([name, held]) => [name, new Set<Permission>(held)]))

/** What a role opens: a preset's permissions are the catalogue's, a custom role's its own. Unknown names open nothing. */
export const permissionsOf = (role: {
  preset: string | null
  permissions: string[]
}): ReadonlySet<Permission> =>
  (role.preset && presets.get(role.preset)) ||
  new Set(role.permissions.filter((name): name is Permission => known.has(name)))

/** The areas of the portal that a tenant can switch off, and the permissions that open them. */
const AREAS = {
  tickets: [
    'tickets:view',
    'tickets:view-company',
    'tickets:view-confidential',
    'tickets:create',
    'tickets:create-for-others',
    'tickets:reply',
    'tickets:close',
  ],
  people: ['people:view', 'people:manage'],
  activity: ['company:activity'],
} as const satisfies Record<string, readonly Permission[]>

export type Area = keyof typeof AREAS
export const AREA_NAMES = Object.keys(AREAS) as [Area, ...Area[]]

/** What is left of these permissions where some areas are switched off: pages, links and rows go with them. */
export const withoutAreas = (
  held: ReadonlySet<Permission>,
  off: readonly Area[],
): ReadonlySet<Permission> => {
  if (off.length === 0) return held
  const gone = new Set<Permission>(off.flatMap((area) => AREAS[area]))
  return new Set([...held].filter((permission) => !gone.has(permission)))
}

/** What the MSP's own people may do. */
export const STAFF_PERMISSIONS = [
  'staff:tickets',
  'staff:companies',
  'staff:users',
  'staff:roles',
  'staff:impersonate',
  'staff:approvals',
  'staff:billing',
  'staff:knowledge',
  'staff:risks',
  'staff:audit',
  'staff:settings',
  'staff:concierge',
] as const

export type StaffPermission = (typeof STAFF_PERMISSIONS)[number]

const reads: StaffPermission[] = ['staff:tickets', 'staff:companies', 'staff:knowledge']

/** A viewer reads what these open, and changes nothing: the door refuses every write of hers. */
export const STAFF_ROLES = {
  viewer: reads,
  technician: reads,
  manager: [
    ...reads,
    'staff:users',
    'staff:approvals',
    'staff:billing',
    'staff:risks',
    'staff:impersonate',
    'staff:concierge',
  ],
  administrator: [...STAFF_PERMISSIONS],
} as const satisfies Record<string, readonly StaffPermission[]>

export type StaffRole = keyof typeof STAFF_ROLES
export const STAFF_ROLE_NAMES = Object.keys(STAFF_ROLES) as StaffRole[]

const staffSets = new Map(
  Object.entries(STAFF_ROLES).map(([name, held]) => [name, new Set<StaffPermission>(held)]),
)

export const staffPermissionsOf = (role: StaffRole): ReadonlySet<StaffPermission> =>
  staffSets.get(role) ?? new Set()
