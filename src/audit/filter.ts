import { z } from 'zod'
import { cursor } from '#src/tickets/filter.ts'

// PostgreSQL's calendar has no year 0
const day = z.iso.date().refine((text) => text >= '0001')
const text = z.string().trim().max(200)

const schema = z.object({
  q: text.optional().catch(undefined),
  actor: z.uuid().optional().catch(undefined),
  action: text.optional().catch(undefined),
  company: z.uuid().optional().catch(undefined),
  object: z.uuid().optional().catch(undefined),
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  after: cursor.optional().catch(undefined),
  before: cursor.optional().catch(undefined),
})

export type AuditFilter = z.infer<typeof schema> & {
  /** Actions whose words hold the search text. */
  saying?: string[]
}

/** Reads the page's address; what can't be understood counts as not given. */
export const auditFilter = (query: Record<string, string>): AuditFilter =>
  schema.parse(Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')))

/** The filter as parameters of an address; a change starts again at the first page. */
export const filterParams = (filter: AuditFilter, change: Record<string, string | undefined> = {}) => ({
  q: filter.q,
  actor: filter.actor,
  action: filter.action,
  company: filter.company,
  object: filter.object,
  from: filter.from,
  to: filter.to,
  ...change,
})
