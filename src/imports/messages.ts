import { sql } from 'kysely'
import { COLUMNS } from '#src/imports/columns.ts'
import { descriptionId } from '#src/imports/descriptions.ts'
import { type Draft, draftMessage, type Message } from '#src/imports/message-draft.ts'
import { attachFiles, storedNames } from '#src/imports/message-files.ts'
import { type Run, rowsOf } from '#src/imports/run.ts'
import type { Source } from '#src/imports/source.ts'

const existing = async (run: Run, ids: string[]): Promise<Map<string, Message>> => {
  const rows = await run.db
    .selectFrom('ticket_message')
    .select(COLUMNS.ticket_message)
    .where('source', '=', run.options.source)
    .where(sql<boolean>`external_id = any(${ids})`)
    .execute()
  return new Map(rows.map((row) => [row.external_id ?? '', row]))
}

const isChanged = (old: Message, message: Message) =>
  JSON.stringify({ ...old, visible_to: [] }) !== JSON.stringify({ ...old, ...message, visible_to: [] })

/** The message that is there already: of the same id, or its ticket's description with the same words. */
const oldOf = (run: Run, { message }: Draft, known: Map<string, Message>): Message | undefined => {
  const same = known.get(message.external_id ?? '')
  const ticket = run.known.tickets.byId(message.ticket_id)
  const description = ticket && known.get(descriptionId(ticket))
  if (same || description?.body !== message.body) return same
  known.delete(description.external_id ?? '')
  return description
}

const saveMessage = (run: Run, message: Message, old: Message | undefined) => {
  const outcome = !old ? 'added' : isChanged(old, message) ? 'changed' : 'unchanged'
  run.report.counts.messages[outcome] += 1
  if (outcome === 'unchanged') return
  if (old) run.writer.change('ticket_message', message.id, message)
  else run.writer.add('ticket_message', message.id, message)
  run.touched.add(message.ticket_id)
  if (old) run.touched.add(old.ticket_id)
}

/** Writes the drafts, those that are there already where they differ. */
const save = async (run: Run, drafts: Draft[]) => {
  const descriptions = drafts
    .flatMap(({ message }) => run.known.tickets.byId(message.ticket_id) ?? [])
    .map(descriptionId)
  const known = await existing(run, [
    ...descriptions,
    ...drafts.flatMap(({ message }) => message.external_id ?? []),
  ])
  const withFiles = drafts.filter(({ files }) => files.length > 0)
  const stored = await storedNames(
    run,
    withFiles.flatMap(({ message }) => known.get(message.external_id ?? '')?.id ?? []),
  )
  for (const draft of drafts) {
    const old = oldOf(run, draft, known)
    const message = old ? { ...draft.message, id: old.id, via: old.via } : draft.message
    saveMessage(run, message, old)
    await attachFiles(run, message, draft.files, stored)
    await run.writer.settle()
  }
}

const BATCH = 500
const BATCH_CHARACTERS = 4_000_000

export const importMessages = async (run: Run, source: Source) => {
  if (!source.layout.columns.has('public'))
    run.report.note('no column says which messages are public: all of them are internal', {
      file: source.table.name,
    })
  let drafts: Draft[] = []
  let characters = 0
  for await (const row of rowsOf<'messages'>(run, source)) {
    const draft = await draftMessage(run, row)
    if (!draft) run.report.counts.messages.skipped += 1
    else drafts.push(draft)
    characters += draft?.message.body.length ?? 0
    if (drafts.length < BATCH && characters < BATCH_CHARACTERS) continue
    await save(run, drafts)
    drafts = []
    characters = 0
  }
  await save(run, drafts)
}
