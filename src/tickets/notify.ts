import { z } from 'zod'
import { asSystem, type Db } from '#src/db/scope.ts'
import { job } from '#src/jobs/job.ts'
import { queueMail } from '#src/mail/outbox.ts'

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

/** A new public message: a mail to everybody on the ticket but its author. */
export const notify = job(z.object({ tenant: z.uuid(), message: z.uuid() }), ({ tenant, message: id }) =>
  asSystem(
    'tickets: notify',
    async (db) => {
      const message = await db
        .selectFrom('ticket_message')
        .select(['ticket_id', 'visible_to', 'author_contact_id'])
        .where('id', '=', id)
        .where('internal', '=', false)
        .executeTakeFirst()
      const people = message?.visible_to.filter((contact) => contact !== message.author_contact_id) ?? []
      if (!message || people.length === 0) return
      for (const { id: contactId, email } of await reachable(db, people))
        if (email)
          await queueMail(db, {
            kind: 'ticket-message',
            to: email,
            contactId,
            data: { message: id },
            dedupeKey: `ticket-message ${id} ${contactId}`,
            thread: message.ticket_id,
          })
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
