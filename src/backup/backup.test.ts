import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, expect, inject, test } from 'vitest'
import { backup } from '#src/backup/backup.ts'
import { endShape } from '#src/backup/shapes.ts'
import { countRows, differences, tablesOf } from '#src/backup/tables.ts'
import { contentOf, elsewhere, here, newFolder, PASSPHRASE, reply } from '#src/backup/test-ground.ts'
import { currentUrls } from '#src/db/connect.ts'
import { store } from '#src/files/store.ts'
import { asOwner, SECRET } from '#test/database.ts'
import { type World, world } from '#test/world.ts'

let cast: World
let folder: string
let said: string[] = []
const say = (line: string) => void said.push(line)

beforeAll(async () => {
  cast = await world()
  folder = await newFolder()
  await reply(cast, 'A job waits for this one')
})

const make = async (name: string) => {
  const file = join(folder, name)
  said = []
  await backup(here(cast), file, PASSPHRASE, say)
  return file
}

const endOf = (content: Awaited<ReturnType<typeof contentOf>>) => endShape.parse(content.at(-1)?.[1])

const clientOf = async (url: string) => {
  const target = new URL(url)
  target.pathname = new URL(currentUrls().owner).pathname
  const client = new pg.Client({ connectionString: target.toString() })
  await client.connect()
  return client
}

test('has every row that the superuser sees, by table and tenant, and shows nobody anything', async () => {
  const file = await make('whole')
  const { counts } = endOf(await contentOf(file))
  expect(said.join('\n')).toMatch(/2 tenants, \d+ rows in \d+ tables, 1 waiting job, 6 files/)
  const [owner, superuser] = [await clientOf(currentUrls().owner), await clientOf(inject('database').admin)]
  const tables = await tablesOf(owner)
  const { rows } = await superuser.query(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  )
  expect([...tables.map((table) => table.name), 'schema_migration', 'schema_migration_lock'].sort()).toEqual(
    rows.map((row) => row.name),
  )
  expect(differences(await countRows(superuser, tables), counts)).toEqual([])
  await owner.end()
  await superuser.end()

  const bytes = await readFile(file)
  for (const word of ['Alice', SECRET, 'ticket']) expect(bytes.includes(word)).toBe(false)
})

test('knows every kind of thing that a schema can keep', async () => {
  const unknown = await asOwner<{ thing: string }>(`
    select 'sequence ' || relname as thing from pg_class where relnamespace = 'public'::regnamespace and relkind in ('S', 'm', 'f')
    union all select 'trigger ' || tgname from pg_trigger t join pg_class c on c.oid = tgrelid
      where not tgisinternal and c.relnamespace = 'public'::regnamespace
        and tgname <> 'keep_own_access' -- of updates; a restore inserts
    union all select 'identity or generated column ' || attname from pg_attribute a join pg_class c on c.oid = attrelid
      where c.relnamespace = 'public'::regnamespace and relkind = 'r' and (attidentity <> '' or attgenerated <> '')`)
  expect(unknown, 'teach src/backup what to do with these').toEqual([])
})

const rowsOf = (content: Awaited<ReturnType<typeof contentOf>>) => {
  const rows = new Map<string, Record<string, unknown>[]>()
  let table = ''
  for (const [kind, json] of content) {
    if (kind === 'table') table = String(json)
    if (kind === 'row') rows.set(table, [...(rows.get(table) ?? []), json as Record<string, unknown>])
  }
  return rows
}

test('is of one moment, while people go on writing', async () => {
  let over = false
  const writing = (async () => {
    let written = 0
    while (!over) await reply(cast, `Written meanwhile ${written++}`)
    return written
  })()
  const file = await make('meanwhile').finally(() => {
    over = true
  })
  expect(await writing).toBeGreaterThan(0)

  const content = await contentOf(file)
  const rows = rowsOf(content)
  const [ticket] = (rows.get('ticket') ?? []).filter(({ id }) => id === cast.tickets.alices.id)
  const messages = (rows.get('ticket_message') ?? []).filter(
    (row) => row.ticket_id === ticket?.id && !row.internal,
  )
  expect(messages.length).toBe(Number(ticket?.replies) + 1)
  const jobs = content.filter(([kind]) => kind === 'job').map(([, job]) => JSON.stringify(job))
  for (const { id, body } of messages)
    if (body !== 'ALICE-PUBLIC')
      expect(
        jobs.some((job) => job.includes(String(id))),
        String(body),
      ).toBe(true)
})

test('is not made of a database that hides rows from its owner', async () => {
  await asOwner('alter policy owner on category using (position < 3)')
  await expect(make('hidden')).rejects.toThrow('hides rows of category')
  expect(existsSync(join(folder, 'hidden'))).toBe(false)
  await asOwner('alter policy owner on category using (true)')
})

test('overwrites nothing, and is not made of nothing', async () => {
  await make('first')
  await expect(make('first')).rejects.toMatchObject({ exitCode: 2 })
  const nowhere = backup(elsewhere(join(folder, 'nowhere')), join(folder, 'of-nothing'), PASSPHRASE, say)
  await expect(nowhere).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('nothing to back up'),
  })
  expect(existsSync(join(folder, 'nowhere'))).toBe(false)
})

test('that can not be written is an error, and leaves nothing', async () => {
  await expect(make('no/such/folder')).rejects.toMatchObject({ code: 'ENOENT' })
  await make('after')
})

test('is made although a file is lost, and says so', async () => {
  const { quayline, tickets } = cast
  await store.remove(quayline, tickets.alices.file)
  await expect(make('lacking')).rejects.toMatchObject({
    exitCode: 7,
    message: expect.stringContaining(tickets.alices.file),
  })
  const content = await contentOf(join(folder, 'lacking'))
  expect(endOf(content)).toMatchObject({
    files: 5,
    damaged: [`${quayline}/${tickets.alices.file}`],
  })
})
