import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Client } from 'pg'
import type { Say } from '#src/backup/backup.ts'
import { intact, storedFiles } from '#src/backup/files.ts'
import { type LineReader, lineReader } from '#src/backup/lines.ts'
import { load } from '#src/backup/load.ts'
import { BackupProblem } from '#src/backup/problem.ts'
import { readThrough, unsealing } from '#src/backup/seal.ts'
import { type End, figures, type Head, headShape, listed } from '#src/backup/shapes.ts'
import { demandEmptyDatabase, demandEmptyFolder, demandOurs, demandSecret } from '#src/backup/target.ts'
import { migrate } from '#src/db/migrate.ts'
import { keepSecret, reachDatabase } from '#src/db/open.ts'
import type { Env } from '#src/env.ts'
import { diskStore, type FileStore } from '#src/files/store.ts'

/** Reads every attachment back from the disk: which of them are not what their rows say, but for those known? */
const damagedFiles = async (client: Client, store: FileStore, known: string[]): Promise<string[]> => {
  const expected = new Set(known)
  const damaged: string[] = []
  await client.query('begin read only')
  for await (const file of storedFiles(client)) {
    const name = `${file.tenant}/${file.id}`
    if (!expected.has(name) && !(await intact(store, file))) damaged.push(name)
  }
  await client.query('commit')
  return damaged
}

/** Makes the database at the schema that the backup has, fills it, and only then brings it up to date. */
const fill = async (env: Env, head: Head, reader: LineReader): Promise<End> => {
  const database = await reachDatabase({ ...env, APP_SECRET: head.secret })
  const client = new Client({
    connectionString: database.urls.owner,
    application_name: 'client-portal restore',
  })
  client.on('error', () => {}) // the statement under way reports it
  const store = diskStore(resolve(env.DATA_DIR))
  try {
    await client.connect()
    await demandEmptyDatabase(client)
    if (!env.APP_SECRET) keepSecret(resolve(env.DATA_DIR), head.secret)
    await migrate(database.urls, head.migrations.at(-1))
    const end = await load(client, store, reader)
    await migrate(database.urls)
    const lost = await damagedFiles(client, store, end.damaged)
    if (lost.length > 0) throw new Error(`files were not restored as they were:${listed(lost)}`)
    return end
  } finally {
    await client.end()
    await database.stop()
  }
}

/**
 * Checks the whole file, then makes a new database and data directory from it. Nothing is written before the file has
 * proved to be whole and ours, and the target to be empty. Throws BackupProblem; `incomplete` when everything is there
 * that the backup had, but it lacked files.
 */
export const restore = async (env: Env, path: string, passphrase: string, say: Say) => {
  const started = Date.now()
  const open = await unsealing(path, passphrase)
  await readThrough(open)
  say(`${path} is whole.`)
  const end = await pipeline(
    open,
    createGunzip({ chunkSize: 1 << 18 }),
    async (content: AsyncIterable<Buffer>) => {
      const reader = lineReader(content)
      const head = headShape.parse(JSON.parse((await reader.next()).json))
      await demandOurs(head)
      demandSecret(env, head)
      demandEmptyFolder(env)
      say(`Made ${head.madeAt} by version ${head.app}. Restoring into ${resolve(env.DATA_DIR)} …`)
      return fill(env, head, reader)
    },
  )
  say(figures(end))
  say(
    `Restored and compared, row counts by tenant and every file, in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  )
  if (end.damaged.length > 0)
    throw new BackupProblem('incomplete', `The backup lacked files when it was made:${listed(end.damaged)}`)
}
