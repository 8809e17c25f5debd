import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import { pages } from '#src/backup/pages.ts'
import { fileShape, type StoredFile } from '#src/backup/shapes.ts'
import type { FileStore } from '#src/files/store.ts'

const FILES = `select json_build_object('tenant', tenant_id, 'id', id, 'bytes', bytes,
    'sha256', encode(sha256, 'hex'))::text as json from attachment order by tenant_id, id`

/** What each attachment's row says of its file, in the client's transaction. */
export async function* storedFiles(client: Client): AsyncGenerator<StoredFile> {
  for await (const page of pages(client, FILES))
    for (const json of page) yield fileShape.parse(JSON.parse(json))
}

/** Whether the store has this file, with the content that it had when it was stored. */
export const intact = async (
  store: FileStore,
  { tenant, id, bytes, sha256 }: StoredFile,
): Promise<boolean> => {
  const content = await store.open(tenant, id)
  if (!content) return false
  const hash = createHash('sha256')
  let length = 0
  for await (const piece of content) {
    hash.update(piece)
    length += piece.length
  }
  return length === bytes && hash.digest('hex') === sha256
}
