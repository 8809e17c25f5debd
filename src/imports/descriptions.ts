import { uuidv7 } from 'uuidv7'
import type { RowOf } from '#src/imports/columns.ts'
import { plainText } from '#src/imports/html.ts'
import type { Contact, Ticket } from '#src/imports/known.ts'
import type { Row } from '#src/imports/row.ts'
import type { Run } from '#src/imports/run.ts'

export const LONGEST_BODY = 100_000

/** The id of a message that comes from its ticket's row. */
export const descriptionId = (ticket: { external_id: string | null }) =>
  `description of ${ticket.external_id}`

const message = (run: Run, ticket: Ticket, author: Contact, body: string): RowOf<'ticket_message'> => {
  const { id: ticket_id, company_id, confidential, visible_to, created_at } = ticket
  const internal = !run.options.publicDescriptions
  return {
    ...{ id: uuidv7(), ticket_id, company_id, confidential, visible_to, created_at, internal, body },
    author_contact_id: internal ? null : author.id,
    author_staff_id: null,
    author_name: author.name,
    via: 'import',
    source: run.options.source,
    external_id: descriptionId(ticket),
  }
}

const ticketsWithMessages = async (run: Run): Promise<Set<string>> => {
  const rows = await run.db.selectFrom('ticket_message').select('ticket_id').distinct().execute()
  return new Set(rows.map((row) => row.ticket_id))
}

/**
 * Makes the description the first message of a ticket that has none. It says nothing about who may read it, so the
 * message is internal, unless the import was told that descriptions are public; the same text among the messages takes
 * its place, with its own mark.
 */
export const describe = async (
  run: Run,
  row: Row<'tickets'>,
  ticket: Ticket,
  author: Contact,
  isNew: boolean,
) => {
  const text = plainText(row.text('description'))
  if (text === '') return
  if (!isNew) {
    run.withMessages ??= await ticketsWithMessages(run)
    if (run.withMessages.has(ticket.id)) return
  }
  if (text.length > LONGEST_BODY) row.note('description', 'text cut to 100,000 characters')
  row.note(
    'description',
    `description became the first message: ${run.options.publicDescriptions ? 'public' : 'internal'}`,
  )
  const first = message(run, ticket, author, text.slice(0, LONGEST_BODY))
  run.writer.add('ticket_message', first.id, first)
  run.touched.add(ticket.id)
  run.report.counts.messages.added += 1
}
