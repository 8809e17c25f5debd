import { z } from 'zod'
import { cursor, PRIORITIES, STATUSES, type Status } from '#src/tickets/filter.ts'

export const QUEUES = ['open', 'waiting', 'unassigned', 'mine', 'closed', 'all'] as const
export type Queue = (typeof QUEUES)[number]
export const ORDERS = ['updated', 'quiet'] as const

const OPEN = STATUSES.filter((status) => status !== 'solved' && status !== 'closed')

/** The statuses that a ticket in this queue may have. */
export const IN_QUEUE: Record<Queue, readonly Status[]> = {
  open: OPEN,
  waiting: ['waiting_client'],
  unassigned: OPEN,
  mine: OPEN,
  closed: ['solved', 'closed'],
  all: STATUSES,
}

const schema = z.object({
  queue: z.enum(QUEUES).optional(),
  q: z.string().trim().max(200).optional(),
  status: z.enum(STATUSES).optional(),
  priority: z.enum(PRIORITIES).optional(),
  assignee: z.union([z.literal('none'), z.uuid()]).optional(),
  company: z.uuid().optional(),
  category: z.uuid().optional(),
  sort: z.enum(ORDERS).default('updated'),
  after: cursor.optional(),
  before: cursor.optional(),
})

export type DeskFilter = Omit<z.infer<typeof schema>, 'queue'> & { queue: Queue }

/** Whoever searches looks in all tickets, unless a queue is named. */
const whole = ({ queue, ...filter }: z.infer<typeof schema>): DeskFilter => ({
  ...filter,
  queue: queue ?? (filter.q ? 'all' : 'open'),
})

/** Reads the queue's URL. What can't be understood is left out and named, so that an old bookmark still opens. */
export const parseDeskFilter = (query: Record<string, string>): { filter: DeskFilter; bad: string[] } => {
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return { filter: whole(parsed.data), bad: [] }
  const bad = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]
  const kept = Object.fromEntries(Object.entries(given).filter(([name]) => !bad.includes(name)))
  return { filter: whole(schema.parse(kept)), bad }
}

/** The filter as URL parameters; a change starts again at the first page. */
export const deskParams = (filter: DeskFilter, change: Record<string, string | undefined> = {}) => ({
  queue: filter.queue === (filter.q ? 'all' : 'open') ? undefined : filter.queue,
  q: filter.q,
  status: filter.status,
  priority: filter.priority,
  assignee: filter.assignee,
  company: filter.company,
  category: filter.category,
  sort: filter.sort === 'updated' ? undefined : filter.sort,
  ...change,
})

/** Whether anything besides the queue narrows the list. */
export const isNarrowed = ({ q, status, priority, assignee, company, category }: DeskFilter) =>
  Boolean(q || status || priority || assignee || company || category)
