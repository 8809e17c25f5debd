import { sql } from 'kysely'
import type { Run } from '#src/imports/run.ts'
import { excerptOf } from '#src/tickets/reply.ts'

const PAGE = 1_000

type Last = {
  id: string
  said: string | null
  author_name: string | null
  author_contact_id: string | null
  said_at: Date
  messages: number
}

const lastWords = async (run: Run, ids: string[]): Promise<Last[]> => {
  const { rows } = await sql<Last>`
    select t.id, last.said, last.author_name, last.author_contact_id, coalesce(last.created_at, t.created_at) as said_at,
      (select count(*)::int from ticket_message m
        where m.tenant_id = ${run.db.tenant} and m.ticket_id = t.id and not m.internal) as messages
    from ticket t left join lateral (
      select m.created_at, m.author_name, m.author_contact_id, coalesce(nullif(left(btrim(m.body), 2000), ''),
        (select a.name from attachment a
          where a.tenant_id = ${run.db.tenant} and a.ticket_id = m.ticket_id and a.message_id = m.id order by a.id limit 1)) as said
      from ticket_message m where m.tenant_id = ${run.db.tenant} and m.ticket_id = t.id and not m.internal
      order by m.created_at desc, m.id desc limit 1) last on true
    where t.tenant_id = ${run.db.tenant} and t.id = any(${ids})`.execute(run.db)
  return rows
}

/** What lists show of the tickets that this run touched: their last public message, and how many answers there are. */
export const keepLastWords = async (run: Run) => {
  const touched = [...run.touched]
  for (let start = 0; start < touched.length; start += PAGE) {
    const rows = (await lastWords(run, touched.slice(start, start + PAGE))).map((last) => ({
      id: last.id,
      updated_at: last.said_at,
      replies: Math.max(0, last.messages - 1),
      excerpt: excerptOf(last.said ?? ''),
      excerpt_by: last.author_name ?? '',
      excerpt_contact_id: last.author_contact_id,
    }))
    await sql`update ticket t set updated_at = r.updated_at, replies = r.replies, excerpt = r.excerpt,
        excerpt_by = r.excerpt_by, excerpt_contact_id = r.excerpt_contact_id
      from json_populate_recordset(null::ticket, ${JSON.stringify(rows)}::json) r
      where t.tenant_id = ${run.db.tenant} and t.id = r.id`.execute(run.db)
  }
}
