import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { COLUMNS } from '#src/imports/columns.ts'
import { descriptionId } from '#src/imports/descriptions.ts'
import { draftMessage, type Message } from '#src/imports/message-draft.ts'
import { attachFiles } from '#src/imports/message-files.ts'
import { type Run, rowsOf } from '#src/imports/run.ts'
import type { Source } from '#src/imports/source.ts'

type Said = Pick<Message, 'id' | 'ticket_id' | 'via'> & { fingerprint: string }

const fingerprint = (message: Omit<Message, 'visible_to'>, bodyHash: string) =>
  [
    ...[
      message.ticket_id,
      message.internal,
      message.author_contact_id,
      message.author_staff_id,
      message.author_name,
    ],
    ...[message.created_at.getTime(), message.source, message.external_id, bodyHash],
  ].join(' ')

const hashOf = (body: string) => createHash('sha256').update(body).digest('base64')

/** Every message that the source has sent before, by its id, without its text. */
const loadSaid = async (run: Run): Promise<Map<string, Said>> => {
  const rows = await run.db
    .selectFrom('ticket_message')
    .select(COLUMNS.ticket_message.filter((column) => column !== 'body' && column !== 'visible_to'))
    .select(sql<string>`encode(sha256(convert_to(body, 'UTF8')), 'base64')`.as('hash'))
    .where('source', '=', run.options.source)
    .execute()
  const entry = ({ hash, ...row }: (typeof rows)[number]) => {
    const { id, ticket_id, via } = row
    return [
      row.external_id ?? '',
      { id, ticket_id, via, fingerprint: fingerprint({ ...row, body: '' }, hash) },
    ] as const
  }
  return new Map(rows.map(entry))
}

/** The message that is there already: of the same id, or its ticket's description with the same words. */
const oldOf = (run: Run, message: Message, said: Map<string, Said>): Said | undefined => {
  const same = said.get(message.external_id ?? '')
  const ticket = same ? undefined : run.known.tickets.byId(message.ticket_id)
  const description = ticket && said.get(descriptionId(ticket))
  if (!ticket || !description?.fingerprint.endsWith(` ${hashOf(message.body)}`)) return same
  said.delete(descriptionId(ticket))
  return description
}

const save = (run: Run, message: Message, old: Said | undefined) => {
  const isChanged = old && old.fingerprint !== fingerprint(message, hashOf(message.body))
  run.report.counts.messages[!old ? 'added' : isChanged ? 'changed' : 'unchanged'] += 1
  if (old && !isChanged) return
  if (old) run.writer.change('ticket_message', message.id, message)
  else run.writer.add('ticket_message', message.id, message)
  run.touched.add(message.ticket_id)
  if (old) run.touched.add(old.ticket_id)
}

export const importMessages = async (run: Run, source: Source) => {
  if (!source.layout.columns.has('public'))
    run.report.note('no column says which messages are public: all of them are internal', {
      file: source.table.name,
    })
  const said = await loadSaid(run)
  for await (const row of rowsOf<'messages'>(run, source)) {
    const draft = await draftMessage(run, row)
    if (!draft) run.report.counts.messages.skipped += 1
    else {
      const old = oldOf(run, draft.message, said)
      const message = old ? { ...draft.message, id: old.id, via: old.via } : draft.message
      save(run, message, old)
      await attachFiles(run, message, draft.files)
    }
  }
}
