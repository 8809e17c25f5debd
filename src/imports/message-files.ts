import { realpath, stat } from 'node:fs/promises'
import { basename, resolve, sep } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { mediaTypeOf } from '#src/files/sniff.ts'
import { store } from '#src/files/store.ts'
import { safeName } from '#src/files/uploads.ts'
import type { RowOf } from '#src/imports/columns.ts'
import type { Row } from '#src/imports/row.ts'
import { type Run, standIn } from '#src/imports/run.ts'

type Message = RowOf<'ticket_message'>

const inFolder = async (folder: string, name: string): Promise<string | undefined> => {
  const base = await realpath(folder).catch(() => undefined)
  const path = base && (await realpath(resolve(base, name)).catch(() => undefined))
  if (!base || !path?.startsWith(base + sep)) return undefined
  return (await stat(path)).isFile() ? path : undefined
}

/** The paths of the files that the row names, separated by `;`, `|` or line breaks. Those outside the folder are not there. */
export const filesOf = async (run: Run, row: Row<'messages'>): Promise<string[]> => {
  const names = row
    .text('attachments')
    .split(/[;|\n]/)
    .map((name) => name.trim())
  const { filesFolder } = run.options
  const paths: string[] = []
  for (const name of names.filter(Boolean)) {
    const missing = 'attachments are named: say where they lie (--files)'
    const made = 'attachment left out: no folder was given (--files)'
    if (!filesFolder) standIn(run, row, 'attachments', { missing, made })
    const path = filesFolder && (await inFolder(filesFolder, name))
    if (path) paths.push(path)
    else if (filesFolder) row.error('attachments', `there is no file "${name}" in ${filesFolder}`)
  }
  return paths
}

/** Which message has a file of which name, as `<message id> <name>`: read once, when the first is asked for. */
const attached = async (run: Run): Promise<Set<string>> => {
  const rows = await run.db.selectFrom('attachment').select(['message_id', 'name']).execute()
  return new Set(rows.map((row) => `${row.message_id} ${row.name}`))
}

/** Stores the message's files and adds their rows: what is on disk is durable before the import commits. */
export const attachFiles = async (run: Run, message: Message, paths: string[]) => {
  if (paths.length === 0 || run.options.dryRun || run.writer.stopped) return
  run.attached ??= await attached(run)
  for (const path of paths) {
    const name = safeName(basename(path))
    const key = `${message.id} ${name}`
    if (run.attached.has(key)) continue
    run.attached.add(key)
    const id = uuidv7()
    run.storedFiles.push(id)
    const { bytes, sha256 } = await store.put(run.options.tenantId, id, path)
    const { ticket_id, company_id, confidential, visible_to, internal, created_at } = message
    const row: RowOf<'attachment'> = {
      ...{ id, ticket_id, company_id, confidential, visible_to, internal, name, bytes, created_at },
      message_id: message.id,
      media_type: await mediaTypeOf(path, name),
      sha256: `\\x${sha256.toString('hex')}`,
    }
    run.writer.add('attachment', id, row)
    run.touched.add(ticket_id)
  }
}
