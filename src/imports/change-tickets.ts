import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'

const COPIES = ['ticket_message', 'ticket_event', 'attachment', 'ticket_participant'] as const

/** Authors of another company are kept by name only: the foreign key demands it, and the portal shows no strangers. */
const extra = (table: (typeof COPIES)[number]): RawBuilder<unknown> =>
  table === 'ticket_message'
    ? sql`, author_contact_id = case when t.company_id = r.company_id then t.author_contact_id end`
    : sql``

const copy = (db: Db, table: (typeof COPIES)[number]) => sql`
  ${sql.ref(`in_${table}`)} as (
    update ${sql.table(table)} as t
    set company_id = r.company_id, confidential = r.confidential, visible_to = r.visible_to ${extra(table)}
    from r where t.tenant_id = ${db.tenant} and t.ticket_id = r.id
      and (t.company_id, t.confidential, t.visible_to) is distinct from (r.company_id, r.confidential, r.visible_to))`

/**
 * Changes tickets, and what every row of theirs says about who may see it, in one statement: foreign keys are looked at
 * when it ends, so a ticket may even move to another company. Who is no longer on a ticket leaves its participants.
 */
export const changeTickets = async (db: Db, rows: object[]) => {
  const given = sql`json_populate_recordset(null::ticket, ${JSON.stringify(rows)}::json)`
  await sql`delete from ticket_participant p using ${given} r
    where p.tenant_id = ${db.tenant} and p.ticket_id = r.id and p.contact_id <> all (r.visible_to)`.execute(
    db,
  )
  await sql`with r as (select * from ${given}), ${sql.join(COPIES.map((table) => copy(db, table)))}
    update ticket as t set company_id = r.company_id, subject = r.subject, status = r.status, priority = r.priority,
      category_id = r.category_id, requester_id = r.requester_id, assignee_id = r.assignee_id,
      confidential = r.confidential, visible_to = r.visible_to, created_at = r.created_at, status_since = r.status_since
    from r where t.tenant_id = ${db.tenant} and t.id = r.id`.execute(db)
}
