import { createHash } from 'node:crypto'
import type { StoredFile } from '#src/backup/shapes.ts'
import type { FileStore } from '#src/files/store.ts'

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
