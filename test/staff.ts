import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { asSystem } from '#src/db/scope.ts'
import type { Status } from '#src/tickets/filter.ts'
import { excerptOf } from '#src/tickets/reply.ts'

type Answer = { body: string; internal?: boolean; status?: Status }

/** Somebody of the MSP's own people. Answers the id. */
export const hire = async (tenant: string, name: string): Promise<string> => {
  const id = uuidv7()
  await asSystem(
    'test',
    (db) => db.insertInto('staff_member').values({ id, name, title: 'Technician' }).execute(),
    tenant,
  )
  return id
}

/** What staff write on a ticket, as data, until staff have a door of their own. Answers the message's id. */
export const staffAnswer = (
  tenant: string,
  staff: string,
  ticketId: string,
  answer: Answer,
): Promise<string> =>
  asSystem(
    'test',
    async (db) => {
      const id = uuidv7()
      const ticket = await db
        .selectFrom('ticket')
        .select(['company_id', 'confidential', 'visible_to'])
        .where('id', '=', ticketId)
        .executeTakeFirstOrThrow()
      const by = await db
        .selectFrom('staff_member')
        .select('name')
        .where('id', '=', staff)
        .executeTakeFirstOrThrow()
      const { body, internal = false, status } = answer
      await db
        .insertInto('ticket_message')
        .values({
          ...ticket,
          id,
          ticket_id: ticketId,
          internal,
          author_staff_id: staff,
          author_name: by.name,
          body,
          via: 'staff',
        })
        .execute()
      if (internal) return id
      await db
        .updateTable('ticket')
        .set({
          updated_at: sql<Date>`now()`,
          excerpt: excerptOf(body),
          excerpt_by: by.name,
          excerpt_contact_id: null,
        })
        .$if(status !== undefined, (query) => query.set({ status, status_since: sql<Date>`now()` }))
        .where('id', '=', ticketId)
        .execute()
      return id
    },
    tenant,
  )
