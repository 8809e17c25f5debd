import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { uuidv7 } from 'uuidv7'
import { expect } from 'vitest'
import { lineReader } from '#src/backup/lines.ts'
import { unsealing } from '#src/backup/seal.ts'
import { currentUrls } from '#src/db/connect.ts'
import { type Env, readEnv } from '#src/env.ts'
import { paths } from '#src/paths.ts'
import { atEnd } from '#test/at-end.ts'
import { SECRET } from '#test/database.ts'
import { as, ORIGIN, type World } from '#test/world.ts'

export const PASSPHRASE = 'a passphrase for tests'

/** A folder of the test file's own for backups and what is restored from them. */
export const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'client-portal-backup-'))
  await chmod(folder, 0o711) // the embedded server's own user passes through
  atEnd(() => rm(folder, { recursive: true }))
  return folder
}

/** The world's installation, as the commands see it. */
export const here = (world: World): Env => ({
  ...world.env,
  DATABASE_URL: currentUrls().owner,
  APP_SECRET: SECRET,
})

/** An installation that is not there yet. */
export const elsewhere = (folder: string, more: Record<string, string> = {}): Env =>
  readEnv({ MODE: 'test', DATA_DIR: folder, PUBLIC_URL: ORIGIN, TRUSTED_PROXIES: '127.0.0.1', ...more })

/** Alice answers her ticket. */
export const reply = async (world: World, body: string) => {
  const alice = await as(world.alice)
  const { status } = await alice.post(paths.ticketReplies(world.tickets.alices.id), { body, once: uuidv7() })
  expect(status).toBe(303)
}

/** Everything in a backup, as [kind, JSON]; the bytes of files left out. */
export const contentOf = async (path: string) => {
  const content: [kind: string, json: unknown][] = []
  const open = await unsealing(path, PASSPHRASE)
  await pipeline(open, createGunzip(), async (stream: AsyncIterable<Buffer>) => {
    const reader = lineReader(stream)
    for (let kind = ''; kind !== 'end'; ) {
      const next = await reader.next()
      kind = next.kind
      const value = JSON.parse(next.json)
      content.push([kind, value])
      if (kind === 'file') for await (const _ of reader.bytes(value.bytes));
    }
  })
  return content
}
