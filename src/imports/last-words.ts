import { sql } from 'kysely'
import type { Run } from '#src/imports/run.ts'
import { excerptOf } from '#src/tickets/reply.ts'

const PAGE = 1_000

type Last = {
  id: string
  said: string | null
  author_name: string
  author_contact_id: string | null
  said_at: Date
  replies: number
}

/** One statement, whatever the number: it reads the tenant's messages at most once. */
const lastWords = async (run: Run): Promise<Last[]> => {
  const { rows } = await sql<Last>`
    select last.*, (count - 1)::int as replies, coalesce(nullif(btrim(start), ''), (select a.name from attachment a
        where a.tenant_id = ${run.db.tenant} and a.ticket_id = last.id and a.message_id = last.message_id limit 1)) as said
    from (
      select distinct on (ticket_id) ticket_id as id, id as message_id, left(body, 500) as start, author_name,
        author_contact_id, created_at as said_at, count(*) over (partition by ticket_id) as count
      from ticket_message where tenant_id = ${run.db.tenant} and ticket_id = any(${[...run.touched]}) and not internal
      order by ticket_id, created_at desc, id desc) last`.execute(run.db)
  return rows
}

const write = (run: Run, last: Last[]) => {
  const rows = last.map((each) => ({
    id: each.id,
    updated_at: each.said_at,
    replies: each.replies,
    excerpt: excerptOf(each.said ?? ''),
    excerpt_by: each.author_name,
    excerpt_contact_id: each.author_contact_id,
  }))
  return sql`update ticket t set updated_at = r.updated_at, replies = r.replies, excerpt = r.excerpt,
      excerpt_by = r.excerpt_by, excerpt_contact_id = r.excerpt_contact_id
    from json_populate_recordset(null::ticket, ${JSON.stringify(rows)}::json) r
    where t.tenant_id = ${run.db.tenant} and t.id = r.id`.execute(run.db)
}

/** A ticket whose messages are all internal (now) shows none of their words. */
const forget = (run: Run, ids: string[]) =>
  sql`update ticket set updated_at = created_at, replies = 0, excerpt = '', excerpt_by = '', excerpt_contact_id = null
    where tenant_id = ${run.db.tenant} and id = any(${ids}) and excerpt_by <> ''`.execute(run.db)

/** What lists show of the tickets that this run touched: their last public message, and how many answers there are. */
export const keepLastWords = async (run: Run) => {
  if (run.touched.size === 0) return
  const last = await lastWords(run)
  for (let start = 0; start < last.length; start += PAGE) await write(run, last.slice(start, start + PAGE))
  const spoken = new Set(last.map(({ id }) => id))
  await forget(
    run,
    [...run.touched].filter((id) => !spoken.has(id)),
  )
}
