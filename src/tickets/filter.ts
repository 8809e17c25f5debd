import { z } from 'zod'

export const STATUSES = [
  'new',
  'in_progress',
  'scheduled',
  'waiting_client',
  'waiting_supplier',
  'solved',
  'closed',
] as const
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
export const TABS = ['open', 'waiting', 'closed', 'all'] as const
export const SORTS = ['updated', 'created', 'oldest'] as const
export type Status = (typeof STATUSES)[number]
export type Priority = (typeof PRIORITIES)[number]
export type Tab = (typeof TABS)[number]

export const IN_TAB: Record<Tab, readonly Status[]> = {
  open: ['new', 'in_progress', 'scheduled', 'waiting_client', 'waiting_supplier'],
  waiting: ['waiting_client'],
  closed: ['solved', 'closed'],
  all: STATUSES,
}

/** Where a page begins or ends: the sort value in milliseconds and the id of a row, as `1763400000000.0199…`. */
export const cursor = z
  .string()
  .regex(/^\d{1,15}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .transform((text) => {
    const [milliseconds = '', id = ''] = text.split('.')
    return { at: new Date(Number(milliseconds)), id }
  })

// PostgreSQL's calendar has no year 0
const day = z.iso.date().refine((text) => text >= '0001')

const fields = {
  tab: z.enum(TABS).default('open'),
  whose: z.enum(['mine', 'company']).optional(),
  q: z.string().trim().max(200).optional(),
  status: z.enum(STATUSES).optional(),
  priority: z.enum(PRIORITIES).optional(),
  category: z.uuid().optional(),
  requester: z.uuid().optional(),
  from: day.optional(),
  to: day.optional(),
  sort: z.enum(SORTS).default('updated'),
  after: cursor.optional(),
  before: cursor.optional(),
}
const schema = z.object(fields)

export type Filter = z.infer<typeof schema>
export type Cursor = NonNullable<Filter['after']>

export const cursorOf = (at: Date, id: string) => `${at.getTime()}.${id}`

/** Reads the list's URL. What can't be understood is left out and named, so that an old bookmark still opens. */
export const parseFilter = (query: Record<string, string>): { filter: Filter; bad: string[] } => {
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return { filter: parsed.data, bad: [] }
  const bad = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]
  const kept = Object.fromEntries(Object.entries(given).filter(([name]) => !bad.includes(name)))
  return { filter: schema.parse(kept), bad }
}

/** Whether anything but tab, scope and order picks among the tickets. */
export const isNarrowed = ({ q, status, priority, category, requester, from, to }: Filter): boolean =>
  Boolean(q || status || priority || category || requester || from || to)

/** The filter as URL parameters, without the defaults; a change starts again at the first page. */
export const filterParams = (filter: Filter, change: Record<string, string | undefined> = {}) => ({
  tab: filter.tab === 'open' ? undefined : filter.tab,
  whose: filter.whose,
  q: filter.q,
  status: filter.status,
  priority: filter.priority,
  category: filter.category,
  requester: filter.requester,
  from: filter.from,
  to: filter.to,
  sort: filter.sort === 'updated' ? undefined : filter.sort,
  ...change,
})
