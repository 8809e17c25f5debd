import { uuidv7 } from 'uuidv7'
import type { Json, TicketEvent } from '#src/db/schema.gen.ts'
import type { Db } from '#src/db/scope.ts'
import type { Contact, Staff } from '#src/viewer.ts'

type On = { id: string; company_id: string; confidential: boolean; visible_to: string[] }

/** Adds a line to a ticket's history. */
export const recordEvent = (
  db: Db,
  who: Contact | Staff,
  ticket: On,
  kind: TicketEvent['kind'],
  data: Json,
) =>
  db
    .insertInto('ticket_event')
    .values({
      id: uuidv7(),
      ticket_id: ticket.id,
      confidential: ticket.confidential,
      visible_to: ticket.visible_to,
      kind,
      // a contact's scope names her company itself
      ...(who.kind === 'staff'
        ? { company_id: ticket.company_id, actor_staff_id: who.staffId }
        : { actor_contact_id: who.contactId }),
      actor_name: who.name,
      data: JSON.stringify(data),
    })
    .execute()
