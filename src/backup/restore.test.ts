import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Hono } from 'hono'
import pg from 'pg'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { backup } from '#src/backup/backup.ts'
import { restore } from '#src/backup/restore.ts'
import { elsewhere, here, newFolder, PASSPHRASE, reply } from '#src/backup/test-ground.ts'
import { closePools, currentUrls, databaseUrls, SURFACES, useDatabase } from '#src/db/connect.ts'
import { startEmbedded } from '#src/db/embedded.ts'
import { migrate, migrationNames } from '#src/db/migrate.ts'
import { openDatabase } from '#src/db/open.ts'
import { diskStore, useStore } from '#src/files/store.ts'
import { useMail } from '#src/mail/settings.ts'
import { paths } from '#src/paths.ts'
import { aBrowser, askFor, type Browser, follow } from '#src/sign-in/test-browser.ts'
import { askAndRead, mailsTo } from '#src/sign-in/test-ground.ts'
import { siteOf } from '#src/web/site.ts'
import { asOwner, SECRET } from '#test/database.ts'
import { snapshot } from '#test/doors/snapshot.ts'
import { ORIGIN, sessionOf, type World, world } from '#test/world.ts'

let cast: World
let folder: string
let file: string
let cookie: string
/** In which Bob asked for a link, that nobody has mailed yet. */
let bobs: Browser
let before: Awaited<ReturnType<typeof snapshot>>
const say = () => {}
const notOurs = (table: string) =>
  table.startsWith('graphile_worker.') || table.startsWith('schema_migration')

beforeAll(async () => {
  cast = await world({ TRUSTED_PROXIES: '127.0.0.1' })
  folder = await newFolder()
  file = join(folder, 'portal.backup')
  await reply(cast, 'Left before the backup')
  cookie = await sessionOf(cast.alice)
  bobs = aBrowser(cast.app)
  await askFor(bobs, cast.bob.email)
  before = await snapshot(inject('database').admin)
  await backup(here(cast), file, PASSPHRASE, say)
})

describe('nothing is written', () => {
  const target = (name: string) => elsewhere(join(folder, name))
  const broken = async (name: string, change: (bytes: Buffer) => Buffer) => {
    const path = join(folder, `${name}.backup`)
    await writeFile(path, change(await readFile(file)))
    return path
  }

  const flipped = (bytes: Buffer) => {
    bytes.writeUInt8(bytes.readUInt8(3_000) ^ 4, 3_000)
    return bytes
  }

  test.each([
    ['a flipped byte', flipped, 4],
    ['a cut file', (bytes: Buffer) => bytes.subarray(0, -100), 4],
    [
      'another file',
      () => Buffer.from('BEGIN; -- somebody else’s idea of a backup, long enough to have a head of ours'),
      4,
    ],
  ])('for %s', async (name, change, exitCode) => {
    const path = await broken(name.replaceAll(' ', '-'), change)
    await expect(restore(target('broken'), path, PASSPHRASE, say)).rejects.toMatchObject({ exitCode })
    expect(existsSync(join(folder, 'broken'))).toBe(false)
  })

  test('with a wrong passphrase', async () => {
    await expect(restore(target('closed'), file, 'another passphrase', say)).rejects.toMatchObject({
      exitCode: 3,
    })
    expect(existsSync(join(folder, 'closed'))).toBe(false)
  })

  test('into a folder or a database that is in use', async () => {
    await expect(restore(cast.env, file, PASSPHRASE, say)).rejects.toMatchObject({ exitCode: 5 })
    const used = elsewhere(join(folder, 'used'), { DATABASE_URL: currentUrls().owner })
    await expect(restore(used, file, PASSPHRASE, say)).rejects.toMatchObject({ exitCode: 5 })
    expect(existsSync(join(folder, 'used'))).toBe(false)
  })

  test('beside another APP_SECRET', async () => {
    const other = elsewhere(join(folder, 'other'), { APP_SECRET: 'x'.repeat(40) })
    await expect(restore(other, file, PASSPHRASE, say)).rejects.toMatchObject({ exitCode: 2 })
    expect(existsSync(join(folder, 'other'))).toBe(false)
  })
})

test('is the same installation again: rows, jobs, files, keys, and people go on where they were', async () => {
  const target = elsewhere(join(folder, 'restored'))
  await restore(target, file, PASSPHRASE, say)
  expect(await readFile(join(target.DATA_DIR, 'app-secret'), 'utf8')).toBe(SECRET)
  const original = currentUrls()
  await closePools()
  const database = await openDatabase(target)
  const embedded = await startEmbedded({ dataDir: target.DATA_DIR })
  try {
    const after = await snapshot(embedded.adminUrl)
    for (const [table, rows] of before) if (!notOurs(table)) expect(after.get(table), table).toEqual(rows)
    useStore(diskStore(target.DATA_DIR))
    useMail(target)
    await goOn(createApp(siteOf(target)) as unknown as Hono)
  } finally {
    await embedded.stop()
    await database.close()
    useDatabase(original)
    useStore(diskStore(cast.folder))
    useMail(cast.env)
  }
})

/** With the session and the asked link of before, with an attachment, with a new link. */
const goOn = async (app: Hono) => {
  const headers = { host: new URL(ORIGIN).host, cookie: `portal=${cookie}` }
  const ticket = await app.request(ORIGIN + paths.ticket(cast.tickets.alices.id), { headers })
  expect(await ticket.text()).toContain('Left before the backup')
  const attached = await app.request(ORIGIN + paths.attachment(cast.tickets.alices.file), { headers })
  expect(await attached.text()).toBe('content of alice.txt')

  const [mail] = await mailsTo(cast.bob.email)
  const bob = bobs.at(app)
  expect((await follow(bob, mail?.ways[0]?.token ?? '')).status).toBe(303)
  expect((await bob.get(paths.ticket(cast.tickets.bobs.id))).text).toContain('BOLT-CANARY')

  const amir = aBrowser(app)
  const { token } = await askAndRead(amir, cast.amir.email)
  expect((await follow(amir, token)).status).toBe(303)
}

/** An empty database in the tests' server, whose roles keep the passwords that other tests use. */
const emptyDatabase = async (name: string) => {
  await asOwner(`create database ${name}`)
  const url = new URL(currentUrls().owner)
  url.pathname = `/${name}`
  const urls = databaseUrls({ url: url.toString(), secret: 'test database secret' })
  const own = Object.fromEntries(
    SURFACES.map((surface) => [`DATABASE_URL_${surface.toUpperCase()}`, urls[surface]]),
  )
  const ask = async (text: string) => {
    const client = new pg.Client({ connectionString: urls.owner })
    await client.connect()
    const { rows } = await client.query(text)
    await client.end()
    return rows
  }
  return { urls, ask, environment: { DATABASE_URL: urls.owner, APP_SECRET: SECRET, ...own } }
}

test('a backup of an older schema is loaded into that one and brought up to date; one of a newer schema is refused', async () => {
  const [older, newer] = [
    await emptyDatabase(`older_${process.pid}`),
    await emptyDatabase(`newer_${process.pid}`),
  ]
  const source = elsewhere(join(folder, 'older'), older.environment)
  const target = elsewhere(join(folder, 'newer'), newer.environment)
  const names = await migrationNames()
  await migrate(older.urls, names.at(-2))
  const tenant = `'019a0000-0000-7000-8000-000000000001', 'old', 'Old IT', 'help@old.example'`
  await older.ask(`insert into tenant (tenant_id, slug, name, support_email) values (${tenant})`)
  const path = join(folder, 'older.backup')
  await backup(source, path, PASSPHRASE, say)
  await restore(target, path, PASSPHRASE, say)
  expect(await newer.ask('select slug from tenant')).toEqual([{ slug: 'old' }])
  expect(await newer.ask('select name from schema_migration order by name')).toEqual(
    names.map((name) => ({ name })),
  )

  await newer.ask(`insert into schema_migration values ('9999_of_tomorrow', '2030-01-01')`)
  const tomorrow = join(folder, 'tomorrow.backup')
  await backup(target, tomorrow, PASSPHRASE, say)
  const refused = restore(elsewhere(join(folder, 'refused')), tomorrow, PASSPHRASE, say)
  await expect(refused).rejects.toMatchObject({
    exitCode: 6,
    message: expect.stringContaining('9999_of_tomorrow'),
  })
  expect(existsSync(join(folder, 'refused'))).toBe(false)
  for (const { urls } of [older, newer])
    await asOwner(`drop database ${new URL(urls.owner).pathname.slice(1)} with (force)`)
})
