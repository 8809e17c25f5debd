import { readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { sweepOrphans } from '#src/files/jobs.ts'
import { keepFile } from '#src/files/kept.ts'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { viewerOf } from '#test/doors/walls.ts'
import { filesIn, valuesOf, wordsOf } from '#test/pages.ts'
import { seedTicket } from '#test/tickets.ts'
import { type Answer, as, type Fields, type Person, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterEach(() => asOwner('drop trigger if exists refuse on attachment'))

const send = async (fields: Fields, who: Person = w.alice) =>
  (await as(who)).post(paths.tickets(), { body: 'x', ...fields })
const files = (answer: Answer) =>
  asOwner('select name, sha256, id from attachment where ticket_id = $1 order by created_at, id', [
    answer.location?.split('/').at(-1),
  ])
const stored = () =>
  readdirSync(join(w.folder, 'files'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
const named = (path: string) => path.split('/').at(-1) ?? ''
const yesterday = (path: string) =>
  utimesSync(path, new Date(Date.now() - 25 * 3_600_000), new Date(Date.now() - 25 * 3_600_000))

/** A form that came back with its file, because the subject was missing. */
const returned = async (who: Person = w.alice) => {
  const answer = await send({ subject: '', files: new File(['kept content'], 'kept.txt') }, who)
  expect(answer.status).toBe(422)
  expect(wordsOf(answer)).toContain('kept.txt')
  const [kept = ''] = valuesOf(answer, 'kept')
  return kept
}

test('a form that comes back keeps its files, and they go with the next sending', async () => {
  const kept = await returned()
  const answer = await send({
    subject: 'With the file from before',
    kept,
    files: new File(['more'], 'more.txt'),
  })
  expect(answer.status).toBe(303)
  const rows = await files(answer)
  expect(rows.map((row) => row.name)).toEqual(['kept.txt', 'more.txt'])
  const page = await (await as(w.alice)).get(answer.location ?? '')
  expect((await (await as(w.alice)).get(paths.attachment(filesIn(page)[0] ?? ''))).text).toBe('kept content')
})

test('left out of the second sending, a kept file is not sent', async () => {
  await returned()
  expect(await files(await send({ subject: 'Without it' }))).toEqual([])
})

test('a kept file is worth nothing to somebody else, changed, or made up', async () => {
  const kept = await returned()
  const [text = '', mac = ''] = kept.split('.')
  const other = Buffer.from(
    JSON.stringify({ id: uuidv7(), name: 'x', mediaType: 'x', bytes: 1, sha256: '' }),
  ).toString('base64url')
  for (const who of [w.amir, w.bob, w.zoe, w.roles.admin])
    expect([who.name, await files(await send({ subject: 'Stolen', kept }, who))]).toEqual([who.name, []])
  for (const forged of [
    `${other}.${mac}`,
    `${text}.`,
    text,
    '.',
    '',
    'x.y.z',
    `${text}.${mac.slice(1)}`,
    `${text}A.${mac}`,
  ])
    expect([forged, await files(await send({ subject: 'Forged', kept: forged }))]).toEqual([forged, []])
})

test('a kept file goes with one message, however often it is named', async () => {
  const kept = await returned()
  const first = await send({ subject: 'First', kept: [kept, kept] })
  expect(await files(first)).toHaveLength(1)
  expect(await files(await send({ subject: 'Second', kept }))).toEqual([])
  expect(await files(first)).toHaveLength(1)
})

test('file and row appear together or not at all, and what stayed behind is swept after a day', async () => {
  await asOwner(
    `create or replace function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$`,
  )
  await asOwner('create trigger refuse before insert on attachment for each row execute function refuse()')
  const before = new Set(stored())
  const answer = await send({ subject: 'Half', files: new File(['orphan'], 'orphan.txt') })
  expect(answer.status).toBe(500)
  expect(await asOwner(`select from ticket where subject = 'Half'`)).toEqual([])
  const [orphan = '', ...more] = stored().filter((path) => !before.has(path))
  expect(more).toEqual([])
  expect((await (await as(w.alice)).get(paths.attachment(named(orphan)))).status).toBe(404)

  expect(await sweepOrphans()).toBe(0) // its row might still be on its way
  expect(stored()).toContain(orphan)
  yesterday(orphan)
  expect(await sweepOrphans()).toBe(1)
  expect(stored()).not.toContain(orphan)
})

test('the sweeper leaves what a row shows, whoever it belongs to', async () => {
  const { file } = await seedTicket(w.zoe, { subject: 'Kept', body: 'x', file: 'kept.txt', internal: 'x' })
  for (const path of stored()) yesterday(path)
  const rows = (await asOwner<{ id: string }>('select id from attachment')).map((row) => row.id)
  await sweepOrphans()
  expect(stored().map(named).sort()).toEqual(rows.sort())
  expect((await (await as(w.zoe)).get(paths.attachment(file))).text).toBe('content of kept.txt')
})

test('a request that is refused for another reason leaves no row and no temporary file', async () => {
  const { id } = await seedTicket(w.amir, { subject: 'Not hers', body: 'x' })
  const alice = await as(w.alice)
  const file = new File(['x'], 'x.txt')
  const count = async () => (await asOwner('select from attachment')).length
  const before = await count()
  expect((await alice.post(paths.ticketReplies(id), { body: 'x', files: file })).status).toBe(404)
  expect(
    (await alice.post(paths.tickets(), { subject: 'x', body: 'x', files: file, csrf: 'wrong' })).status,
  ).toBe(403)
  expect(
    (await (await as(w.roles.viewer)).post(paths.tickets(), { subject: 'x', body: 'x', files: file })).status,
  ).toBe(403)
  expect(await count()).toBe(before)
  expect(readdirSync(join(w.folder, 'uploads'))).toEqual([])
})

test('a kept file that the sweeper may have taken is left out', async () => {
  const file = { name: 'old.txt', mediaType: 'text/plain', bytes: 1, sha256: '00' }
  const madeAgo = (hours: number) => {
    const time = (Date.now() - hours * 3_600_000).toString(16).padStart(12, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}${uuidv7().slice(13)}`
  }
  const viewer = viewerOf(w.alice, 'user')
  const sendAfter = async (hours: number) =>
    files(await send({ subject: 'Late', kept: keepFile(viewer, { ...file, id: madeAgo(hours) }) }))
  expect(await sendAfter(19)).toHaveLength(1)
  expect(await sendAfter(21)).toEqual([])
})
