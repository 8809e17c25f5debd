import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type FileInStore = { tenantId: string; id: string; storedAt: Date }

/** Where attachments are kept. Small, so that object storage can stand behind it as well as a disk. */
export type FileStore = {
  /** Keeps the content (a stream, or the path of a file, which stays) for good: durable when the promise resolves. */
  put(tenantId: string, id: string, content: Readable | string): Promise<{ bytes: number; sha256: Buffer }>
  /** The content, or undefined when there is no such file. */
  open(tenantId: string, id: string): Promise<Readable | undefined>
  remove(tenantId: string, id: string): Promise<void>
  /** Every file of every tenant, in no order. */
  list(): AsyncIterable<FileInStore>
  /** Removes what was begun before `before` and never finished. */
  removeUnfinished(before: Date): Promise<void>
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

const syncFolder = async (folder: string) => {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

const written = async (content: Readable | string, path: string) => {
  const hash = createHash('sha256')
  let bytes = 0
  const measured = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  const source = typeof content === 'string' ? createReadStream(content) : content
  await pipeline(source, measured, createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }))
  return { bytes, sha256: hash.digest() }
}

const entries = async (folder: string) => {
  try {
    return await opendir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

/** Files under `<dataDir>/files/<tenant>/<2 characters>/<id>`, readable by the owner of the process only. */
export const diskStore = (dataDir: string): FileStore => {
  const base = join(dataDir, 'files')
  const unfinished = join(base, 'unfinished')
  // forms on their way in: a process that is killed leaves theirs behind
  const uploads = join(dataDir, 'uploads')
  const pathOf = (tenantId: string, id: string) => {
    if (!uuid.test(tenantId) || !uuid.test(id)) throw new Error('a file is named by two UUIDs')
    // the end of a UUIDv7 is random, its start is the time: so the folders fill evenly
    return join(base, tenantId, id.slice(-12, -10), id)
  }
  return {
    async put(tenantId, id, content) {
      const path = pathOf(tenantId, id)
      const folder = dirname(path)
      await mkdir(unfinished, { recursive: true, mode: 0o700 })
      const temporary = join(unfinished, randomUUID())
      try {
        const measures = await written(content, temporary)
        const made = await mkdir(folder, { recursive: true, mode: 0o700 })
        await rename(temporary, path)
        for (const each of made ? [folder, dirname(folder), base] : [folder]) await syncFolder(each)
        return measures
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    async open(tenantId, id) {
      try {
        return (await open(pathOf(tenantId, id), 'r')).createReadStream()
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async remove(tenantId, id) {
      await rm(pathOf(tenantId, id), { force: true })
    },
    async *list() {
      for await (const { name: tenantId } of await entries(base)) {
        if (!uuid.test(tenantId)) continue
        for await (const { name: part } of await entries(join(base, tenantId)))
          for await (const { name: id } of await entries(join(base, tenantId, part))) {
            const found = await stat(join(base, tenantId, part, id)).catch(() => undefined)
            if (found && uuid.test(id)) yield { tenantId, id, storedAt: found.mtime }
          }
      }
    },
    async removeUnfinished(before) {
      for (const folder of [unfinished, uploads])
        for await (const { name } of await entries(folder)) {
          const found = await stat(join(folder, name)).catch(() => undefined)
          if (found && found.mtime < before) await rm(join(folder, name), { force: true })
        }
    },
  }
}

let current: FileStore | undefined

/** Called once at start-up. */
export const useStore = (given: FileStore) => {
  current = given
}

const used = () => {
  if (!current) throw new Error('useStore() has not been called')
  return current
}

/** The store of this process. */
export const store: FileStore = {
  put: (tenantId, id, content) => used().put(tenantId, id, content),
  open: (tenantId, id) => used().open(tenantId, id),
  remove: (tenantId, id) => used().remove(tenantId, id),
  list: () => used().list(),
  removeUnfinished: (before) => used().removeUnfinished(before),
}
