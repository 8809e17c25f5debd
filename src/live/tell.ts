import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'

export const CHANNEL = 'live'

export const told = z.object({
  tenant: z.uuid(),
  company: z.uuid(),
  ticket: z.uuid(),
  /** Nothing that the client sees has changed. */
  internal: z.boolean(),
})

/** That a ticket has changed: ids only. Who may know is asked again for each stream that is open. */
export type Told = z.infer<typeof told>

/** Tells the open pages, in every process, when the caller's transaction commits. */
export const tellLive = (
  db: Db,
  ticket: { id: string; company_id: string },
  options: { internal?: boolean } = {},
) => {
  const news: Told = {
    tenant: db.tenant,
    company: ticket.company_id,
    ticket: ticket.id,
    internal: options.internal ?? false,
  }
  return sql`select pg_notify(${CHANNEL}, ${JSON.stringify(news)})`.execute(db)
}
