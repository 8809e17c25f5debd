import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { authorOf } from '#src/imports/authors.ts'
import type { RowOf } from '#src/imports/columns.ts'
import { LONGEST_BODY } from '#src/imports/descriptions.ts'
import { plainText } from '#src/imports/html.ts'
import type { Ticket } from '#src/imports/known.ts'
import { filesOf } from '#src/imports/message-files.ts'
import { missingTicket } from '#src/imports/missing-ticket.ts'
import type { Row } from '#src/imports/row.ts'
import { isFirst, type Run } from '#src/imports/run.ts'
import { flagWord, publicWord } from '#src/imports/words.ts'

type MessageRow = Row<'messages'>
export type Message = RowOf<'ticket_message'>
export type Draft = { message: Message; files: string[] }

/** Public only if the row says so, and nothing in it says otherwise. */
const isInternal = (row: MessageRow): boolean => {
  const says = row.word('public', publicWord, 'yes or no', ['true', 'false'])
  const hidden = row.word('hidden', flagWord, 'yes or no', ['true', 'false'])
  return says !== true || hidden === true
}

const ticketOf = async (run: Run, row: MessageRow): Promise<Ticket | undefined> => {
  const [id, number] = [row.text('ticketId'), row.text('ticketNumber').replace('#', '')]
  const { tickets } = run.known
  // a number must not be taken for another ticket's id
  const numbered = /^\d+$/.test(number) ? tickets.only(number) : tickets.external(number)
  const found = tickets.external(id) ?? numbered
  if (found) return found
  if (run.leftOut.has(id) || run.leftOut.has(number))
    row.note('ticketId', 'message of a ticket that was left out: left out')
  else if (!id && !number) row.error('ticketId', 'is empty')
  else return missingTicket(run, row, id || number)
  return undefined
}

const bodyOf = (row: MessageRow) => {
  const body = plainText(row.text('body'))
  if (body.length > LONGEST_BODY) row.note('body', 'text cut to 100,000 characters')
  return body.slice(0, LONGEST_BODY)
}

const WORDS = ['ticketId', 'ticketNumber', 'created', 'authorId', 'author', 'body'] as const

/** Without an id of its own, a message is what was said by whom, where and when; said twice, it is two. */
const idOf = (run: Run, row: MessageRow): string => {
  const given = row.limited('id', 200)
  if (given) return given
  const words = JSON.stringify(WORDS.map((field) => row.text(field)))
  const id = createHash('sha256').update(words).digest('base64url')
  const times = (run.saidTimes.get(id) ?? 0) + 1
  run.saidTimes.set(id, times)
  return times === 1 ? id : `${id} ${times}`
}

/** The row as a message; undefined when it is an error or left out. */
export const draftMessage = async (run: Run, row: MessageRow): Promise<Draft | undefined> => {
  const [id, internal, created, body] = [idOf(run, row), isInternal(row), row.date('created'), bodyOf(row)]
  const files = await filesOf(run, row)
  const ticket = row.bad ? undefined : await ticketOf(run, row)
  const author = ticket && authorOf(run, row, ticket)
  if (!ticket || !author || row.bad || !isFirst(run, 'messages', id, row, 'id')) return undefined
  if (body === '' && files.length === 0) {
    row.note('body', 'message without text or file: left out')
    return undefined
  }
  const { company_id, confidential, visible_to } = ticket
  const isOwn = !internal && author.contact?.company_id === company_id
  const message: Message = {
    ...{ id: uuidv7(), ticket_id: ticket.id, company_id, confidential, visible_to, internal, body },
    author_contact_id: isOwn ? (author.contact?.id ?? null) : null,
    author_staff_id: author.staff?.id ?? null,
    author_name: author.name,
    via: 'import',
    created_at: created ?? ticket.created_at,
    source: run.options.source,
    external_id: id,
  }
  return { message, files }
}
