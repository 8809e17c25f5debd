import { uuidv7 } from 'uuidv7'
import type { Json, TicketEvent } from '#src/db/schema.gen.ts'
import type { Db } from '#src/db/scope.ts'
import type { Viewer } from '#src/viewer.ts'

type On = { id: string; confidential: boolean; visible_to: string[] }

/** Adds a line to a ticket's history. */
export const recordEvent = (db: Db, viewer: Viewer, ticket: On, kind: TicketEvent['kind'], data: Json) =>
  db
    .insertInto('ticket_event')
    .values({
      id: uuidv7(),
      ticket_id: ticket.id,
      confidential: ticket.confidential,
      visible_to: ticket.visible_to,
      kind,
      actor_contact_id: viewer.contactId,
      actor_name: viewer.name,
      data: JSON.stringify(data),
    })
    .execute()
