import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import { cursor, cursorOf } from '#src/tickets/filter.ts'

const PAGE_SIZE = 50

/** What a company's administrators see of the audit log. An action that isn't here is the MSP's own business. */
export const SHOWN = [
  'sign-in.consumed',
  'contact.added',
  'contact.changed',
  'contact.archived',
  'contact.restored',
  'contact.invited',
  'contact.revoked',
  'contact.role-changed',
  'contact.disabled',
  'contact.enabled',
  'preview.started',
  'preview.ended',
  'profile.changed',
  'profile.asked',
  'profile.withdrawn',
  'profile.approved',
  'profile.refused',
] as const

const schema = z.object({
  after: cursor.optional().catch(undefined),
  before: cursor.optional().catch(undefined),
})
export const activityPage = (query: Record<string, string>) => schema.parse(query)

/** A page of what happened at the viewer's company, newest first, and where its neighbors begin. */
export const listActivity = async (db: Db, { after, before }: z.infer<typeof schema>) => {
  const edge = before ?? after
  let query = db
    .selectFrom('audit_event as event')
    .leftJoin('contact as about', (join) =>
      join.onRef('about.id', '=', 'event.object_id').on('event.object_kind', '=', 'contact'),
    )
    .leftJoin('preview_session as preview', (join) =>
      join.onRef('preview.id', '=', 'event.object_id').on('event.action', '=', 'preview.started'),
    )
    .select(['event.id', 'event.at', 'event.action', 'event.actor_kind', 'event.actor_name'])
    .select(['event.on_behalf_name as seen', 'about.name as object', 'preview.reason'])
    .where('event.action', 'in', SHOWN)
    .orderBy('event.at', before ? 'asc' : 'desc')
    .orderBy('event.id', before ? 'asc' : 'desc')
    .limit(PAGE_SIZE + 1)
  if (edge)
    query = query.where(
      sql<boolean>`(event.at, event.id) ${sql.raw(before ? '>' : '<')} (${edge.at}, ${edge.id})`,
    )
  const found = await query.execute()
  const more = found.length > PAGE_SIZE
  const rows = before ? found.slice(0, PAGE_SIZE).reverse() : found.slice(0, PAGE_SIZE)
  const [first, last] = [rows[0], rows.at(-1)]
  return {
    rows,
    newer: first && (before ? more : after) ? cursorOf(first.at, first.id) : undefined,
    older: last && (before || more) ? cursorOf(last.at, last.id) : undefined,
  }
}

export type Activity = Awaited<ReturnType<typeof listActivity>>
