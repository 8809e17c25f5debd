import { sql } from 'kysely'
import type { Viewer } from '#src/viewer.ts'

/** In the words of the index `ticket_open`. */
export const isOpen = sql<boolean>`ticket.status not in ('solved', 'closed')`

/** Somebody else has written since this person last looked; only for open tickets that she is on. */
export const unread = (viewer: Viewer) =>
  sql<boolean>`(${isOpen} and ticket.excerpt_contact_id is distinct from ${viewer.contactId}
    and ${viewer.contactId} = any (ticket.visible_to) and ticket.updated_at > coalesce(read.read_at, '-infinity'))`.as(
    'unread',
  )
