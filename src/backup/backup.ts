import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Client } from 'pg'
import { dump } from '#src/backup/dump.ts'
import { BackupProblem } from '#src/backup/problem.ts'
import { readThrough, type Seal, sealing } from '#src/backup/seal.ts'
import { type End, figures, listed, sizeOf } from '#src/backup/shapes.ts'
import { reachDatabase } from '#src/db/open.ts'
import type { Env } from '#src/env.ts'
import { diskStore } from '#src/files/store.ts'
import { version } from '#src/version.ts'

export type Say = (line: string) => void

const demandFree = (path: string) => {
  if (existsSync(path)) throw new BackupProblem('usage', `There is a file ${path} already: give a new name.`)
}

/** A wrong DATA_DIR must not become a new installation, whose backup is empty. */
const demandInstallation = (env: Env) => {
  const has = (name: string) => existsSync(join(resolve(env.DATA_DIR), name))
  if ((env.DATABASE_URL || has('postgres.secrets.json')) && (env.APP_SECRET || has('app-secret'))) return
  throw new BackupProblem('usage', `There is nothing to back up in ${resolve(env.DATA_DIR)}. Check DATA_DIR.`)
}

const write = async (env: Env, path: string, { seal }: Seal): Promise<End> => {
  const database = await reachDatabase(env)
  const client = new Client({
    connectionString: database.urls.owner,
    application_name: 'client-portal backup',
  })
  client.on('error', () => {}) // the statement under way reports it
  try {
    await client.connect()
    const head = { app: version, madeAt: new Date().toISOString(), secret: database.secret }
    let end: End | undefined
    const content = async function* () {
      end = yield* dump(client, diskStore(resolve(env.DATA_DIR)), head)
    }
    const file = createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true })
    await pipeline(content, createGzip({ level: 4 }), seal, file)
    if (!end) throw new Error('the backup has no end')
    return end
  } finally {
    await client.end()
    await database.stop()
  }
}

/**
 * Writes database, files and keys into one new file, sealed under the passphrase, while the app may be running; reads it
 * back; then gives it its name. Throws BackupProblem; `incomplete` once the file is there but attachments were not.
 */
export const backup = async (env: Env, path: string, passphrase: string, say: Say) => {
  demandFree(path)
  demandInstallation(env)
  const started = Date.now()
  const aside = `${path}.unfinished`
  await rm(aside, { force: true })
  try {
    const seal = await sealing(passphrase)
    const end = await write(env, aside, seal)
    await readThrough(seal.opener(aside))
    demandFree(path)
    await rename(aside, path)
    say(figures(end))
    const { size } = await stat(path)
    say(`${path}: ${sizeOf(size)}, sealed and read back, in ${((Date.now() - started) / 1000).toFixed(1)} s`)
    if (end.damaged.length === 0) return
    throw new BackupProblem(
      'incomplete',
      `The backup lacks files that are missing or damaged on the disk:${listed(end.damaged)}`,
    )
  } finally {
    await rm(aside, { force: true })
  }
}
