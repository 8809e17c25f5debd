import { z } from 'zod'
import { asSystem, type Db } from '#src/db/scope.ts'
import { job } from '#src/jobs/job.ts'
import { queueMail } from '#src/mail/outbox.ts'
import { listening } from '#src/tickets/desk-mail.ts'

const reachable = (db: Db, people: string[]) =>
  db
    .selectFrom('contact')
    .select(['id', 'email'])
    .where('id', 'in', people)
    .where('role_id', 'is not', null)
    .where('disabled_at', 'is', null)
    .where('archived_at', 'is', null)
    .where('email', 'is not', null)
    .execute()

const tellClients = async (
  db: Db,
  message: { id: string; ticket_id: string; visible_to: string[]; author_contact_id: string | null },
) => {
  const people = message.visible_to.filter((contact) => contact !== message.author_contact_id)
  if (people.length === 0) return
  for (const { id: contactId, email } of await reachable(db, people))
    if (email)
      await queueMail(db, {
        kind: 'ticket-message',
        to: email,
        contactId,
        data: { message: message.id },
        dedupeKey: `ticket-message ${message.id} ${contactId}`,
        thread: message.ticket_id,
      })
}

type Said = { id: string; ticket_id: string; author_staff_id: string | null }

/** The desk hears what clients say and what is opened for them: as each has chosen, in a mail that says no more than the ticket's page. */
const tellDesk = async (db: Db, message: Said) => {
  const ticket = await db
    .selectFrom('ticket')
    .select('assignee_id')
    .where('id', '=', message.ticket_id)
    .executeTakeFirst()
  if (!ticket || (message.author_staff_id && !(await isFirst(db, message)))) return
  for (const { id, email } of await listening(db, ticket.assignee_id))
    if (email && id !== message.author_staff_id)
      await queueMail(db, {
        kind: 'desk-message',
        to: email,
        data: { message: message.id, staff: id },
        dedupeKey: `desk-message ${message.id} ${id}`,
        thread: message.ticket_id,
      })
}

/** What staff write themselves is news for the desk only when it opens a ticket. */
const isFirst = async (db: Db, { id, ticket_id }: Said) => {
  const first = await db
    .selectFrom('ticket_message')
    .select('id')
    .where('ticket_id', '=', ticket_id)
    .where('internal', '=', false)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return first?.id === id
}

/** A new public message: a mail to everybody on the ticket but its author, and to the desk. */
export const notify = job(z.object({ tenant: z.uuid(), message: z.uuid() }), ({ tenant, message: id }) =>
  asSystem(
    'tickets: notify',
    async (db) => {
      const message = await db
        .selectFrom('ticket_message')
        .select(['id', 'ticket_id', 'visible_to', 'author_contact_id', 'author_staff_id'])
        .where('id', '=', id)
        .where('internal', '=', false)
        .executeTakeFirst()
      if (!message) return
      await tellClients(db, message)
      await tellDesk(db, message)
    },
    tenant,
  ),
)

/** Somebody was added to a ticket by a colleague: a mail to her. */
export const welcome = job(
  z.object({ tenant: z.uuid(), ticket: z.uuid(), contact: z.uuid(), by: z.uuid() }),
  ({ tenant, ticket, contact, by }) =>
    asSystem(
      'tickets: welcome',
      async (db) => {
        const [person] = await reachable(db, [contact])
        if (!person?.email) return
        const dedupeKey = `ticket-added ${ticket} ${contact}`
        await queueMail(db, {
          kind: 'ticket-added',
          to: person.email,
          contactId: contact,
          data: { ticket, by },
          dedupeKey,
          thread: ticket,
        })
      },
      tenant,
    ),
)
