import { sql } from 'kysely'
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

/** A ticket's description on its way to be the first message, should there be none yet. */
export type Description = { ticket: Ticket; text: string; author: Contact }

/**
 * Keeps the description for later. It says nothing about who may read it, so it becomes an internal message (the same
 * text among the messages, marked public, takes its place), unless the import was told that descriptions are public.
 */
export const describe = async (run: Run, row: Row<'tickets'>, ticket: Ticket, author: Contact) => {
  const text = plainText(row.text('description'))
  if (text === '') return
  if (text.length > LONGEST_BODY) row.note('description', 'text cut to 100,000 characters')
  run.descriptions.push({ ticket, author, text: text.slice(0, LONGEST_BODY) })
  if (run.descriptions.length >= 500) await writeDescriptions(run)
}

const message = (run: Run, { ticket, text, author }: Description): RowOf<'ticket_message'> => {
  const { id: ticket_id, company_id, confidential, visible_to, created_at } = ticket
  const internal = !run.options.publicDescriptions
  return {
    ...{ id: uuidv7(), ticket_id, company_id, confidential, visible_to, created_at, internal },
    author_contact_id: internal ? null : author.id,
    author_staff_id: null,
    author_name: author.name,
    body: text,
    via: 'import',
    source: run.options.source,
    external_id: descriptionId(ticket),
  }
}

/** Writes the descriptions of tickets without any message. */
export const writeDescriptions = async (run: Run) => {
  const descriptions = run.descriptions.splice(0)
  const ids = descriptions.map(({ ticket }) => ticket.id)
  const query = run.db
    .selectFrom('ticket_message')
    .select('ticket_id')
    .distinct()
    .where(sql<boolean>`ticket_id = any(${ids})`)
  const described = new Set((await query.execute()).map((row) => row.ticket_id))
  for (const description of descriptions) {
    if (described.has(description.ticket.id)) continue
    const row = message(run, description)
    run.writer.add('ticket_message', row.id, row)
    run.touched.add(row.ticket_id)
    run.report.counts.messages.added += 1
  }
}
