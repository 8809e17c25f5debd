import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { lastAudit } from '#src/settings/test-ground.ts'
import { asOwner } from '#test/database.ts'
import { valuesOf, wordsOf } from '#test/pages.ts'
import { as, asStaff, type World, world } from '#test/world.ts'

let w: World
let admin: Awaited<ReturnType<typeof asStaff>>
beforeAll(async () => {
  w = await world()
  admin = await asStaff(w.staff.administrator)
})

const rows = async (tenant = w.quayline) =>
  asOwner<{ id: string; name: string; confidential: boolean; archived: boolean }>(
    'select id, name, confidential, archived_at is not null as archived from category where tenant_id = $1 order by position, name',
    [tenant],
  )
const named = async (name: string) => (await rows()).find((row) => row.name === name)?.id ?? ''
const offered = async () => wordsOf(await (await as(w.alice)).get(paths.newTicket()))

test('a category is added, renamed, made confidential, and offered to clients', async () => {
  expect((await admin.post(paths.staff.categories(), { name: ' Drones ' })).status).toBe(303)
  expect((await rows()).at(-1)).toMatchObject({ name: 'Drones', confidential: false })
  expect(await offered()).toContain('Drones')
  const id = await named('Drones')
  await admin.post(paths.staff.category(id), { name: 'Dröne <b>fleet', confidential: 'yes' })
  expect((await rows()).at(-1)).toMatchObject({ name: 'Dröne <b>fleet', confidential: true })
  expect(await offered()).toContain('Dröne <b>fleet')
  expect((await lastAudit('category.changed'))?.data).toEqual({
    before: { name: 'Drones', confidential: false },
    after: { name: 'Dröne <b>fleet', confidential: true },
  })
  expect(wordsOf(await admin.get(paths.staff.audit()))).toContain('Changed a category')
})

test('moves up and down, and stops at the ends', async () => {
  const order = async () => (await rows()).map(({ name }) => name)
  const before = await order()
  const last = await named(before.at(-1) ?? '')
  await admin.post(paths.staff.categoryMoves(last), { to: 'up' })
  expect(await order()).toEqual([...before.slice(0, -2), before.at(-1), before.at(-2)])
  await admin.post(paths.staff.categoryMoves(last), { to: 'down' })
  await admin.post(paths.staff.categoryMoves(last), { to: 'down' })
  expect(await order()).toEqual(before)
})

test('an archived one is offered no more, and comes back', async () => {
  const id = await named('Printing')
  await admin.post(paths.staff.categoryArchiving(id), { to: 'archived' })
  expect(await offered()).not.toContain('Printing')
  await admin.post(paths.staff.categoryArchiving(id), { to: 'restored' })
  expect(await offered()).toContain('Printing')
})

test('a name is needed, not too long, and there once', async () => {
  for (const name of ['', '   ', 'x'.repeat(81), 'x'.repeat(10_000), 'pHONES']) {
    const answer = await admin.post(paths.staff.categories(), { name, confidential: 'yes' })
    expect([answer.status, answer.text.includes('id="category-error"')]).toEqual([422, true])
    expect(valuesOf(answer, 'name')).toContain(name.trim())
  }
  const id = await named('Phones')
  const answer = await admin.post(paths.staff.category(id), { name: 'Printing' })
  expect([answer.status, answer.text.includes(`id="name-${id}-error"`)]).toEqual([422, true])
})

test('another tenant’s is not there, and a technician changes none', async () => {
  const [foreign] = await rows(w.harbor)
  const id = foreign?.id ?? ''
  for (const path of [
    paths.staff.category(id),
    paths.staff.categoryMoves(id),
    paths.staff.categoryArchiving(id),
  ]) {
    expect((await admin.post(path, { name: 'Mine now' })).status).toBe(404)
    expect((await (await asStaff(w.staff.technician)).post(path, { name: 'x' })).status).toBe(403)
  }
  expect((await rows(w.harbor))[0]).toEqual(foreign)
})
