import { sql } from 'kysely'
import { type Db, scoped, scopedStaff } from '#src/db/scope.ts'
import { readSession } from '#src/sign-in/session.ts'
import { readStaffSession } from '#src/staff-sign-in/session.ts'
import { can } from '#src/viewer.ts'

/** A ticket that changed, and when the client would say it did. */
export type News = { ticket: string; at: Date }

/**
 * Whoever reads a stream. `look` runs a read in the scope that the session has at this moment: undefined when the
 * session is over, or no longer opens tickets. It doesn't count as using the portal: an open page is no person.
 */
export type Reader = {
  tenant: string
  company: string | undefined
  person: string
  look: <T>(work: (db: Db) => Promise<T>) => Promise<T | undefined>
}

export const contactReader = async (cookie: string | undefined): Promise<Reader | undefined> => {
  const session = await readSession(cookie, 'glance')
  if (!session) return undefined
  const { tenantId: tenant, companyId: company, contactId: person } = session.viewer
  return {
    tenant,
    company,
    person,
    look: async (work) => {
      const now = await readSession(cookie, 'glance')
      return now && can(now.viewer, 'tickets:view') ? scoped(now.viewer, 'read', work) : undefined
    },
  }
}

export const staffReader = async (cookie: string | undefined): Promise<Reader | undefined> => {
  const session = await readStaffSession(cookie, 'glance')
  if (!session) return undefined
  const { tenantId: tenant, staffId: person } = session.staff
  return {
    tenant,
    company: undefined,
    person,
    look: async (work) => {
      const now = await readStaffSession(cookie, 'glance')
      return now && can(now.staff, 'staff:tickets') ? scopedStaff(now.staff, 'read', work) : undefined
    },
  }
}

/** The ticket as this scope sees it; undefined when it doesn't. Written out: asked for each stream at each event. */
export const newsOf = async (db: Db, ticket: string): Promise<News | undefined> => {
  const { rows } = await sql<{ updated_at: Date }>`
    select updated_at from ticket where ticket.tenant_id = ${db.tenant} and id = ${ticket}`.execute(db)
  const [row] = rows
  return row && { ticket, at: row.updated_at }
}

// A transaction's rows carry the time of its beginning, and it may have ended after somebody looked.
const SLACK = 5_000
const MOST = 100

/** What has changed since a moment; of the ticket that the page shows, also what doesn't move it in lists. */
export const newsSince = async (db: Db, moment: number, shown: string | undefined): Promise<News[]> => {
  const since = new Date(moment - SLACK)
  const rows = await db
    .selectFrom('ticket')
    .select(['id', 'updated_at'])
    .where('updated_at', '>', since)
    .orderBy('updated_at', 'desc')
    .limit(MOST)
    .execute()
  const news = rows.map((row) => ({ ticket: row.id, at: row.updated_at }))
  if (!shown || news.some(({ ticket }) => ticket === shown)) return news
  const said = db.selectFrom('ticket_message').select('created_at').where('ticket_id', '=', shown)
  const done = db.selectFrom('ticket_event').select('created_at').where('ticket_id', '=', shown)
  const [last] = await said
    .where('created_at', '>', since)
    .unionAll(done.where('created_at', '>', since))
    .limit(1)
    .execute()
  return last ? [...news, { ticket: shown, at: last.created_at }] : news
}
