import { Readable } from 'node:stream'
import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { sweepOrphans } from '#src/files/jobs.ts'
import { store } from '#src/files/store.ts'
import { asOwner } from '#test/database.ts'
import { type World, world } from '#test/world.ts'

let cast: World
beforeAll(async () => {
  cast = await world()
})

const listed = async () => {
  const ids = []
  for await (const file of store.list()) ids.push(file.id)
  return ids.sort()
}

test('files without a row go after a day; those with one stay', async () => {
  const rows = await asOwner<{ tenant_id: string; id: string }>('select tenant_id, id from attachment')
  for (const { tenant_id, id } of rows) await store.put(tenant_id, id, Readable.from([Buffer.from('kept')]))
  const orphan = uuidv7()
  await store.put(cast.harbor, orphan, Readable.from([Buffer.from('nobody sees this')]))
  // another tenant's row of the same id keeps nothing
  const [first] = rows.filter((row) => row.tenant_id === cast.quayline)
  await store.put(cast.harbor, first?.id ?? '', Readable.from([Buffer.from('nor this')]))
  const before = await listed()

  expect(await sweepOrphans()).toBe(0)
  expect(await listed()).toEqual(before)
  expect(await sweepOrphans(Date.now() + 25 * 60 * 60 * 1000)).toBe(2)
  expect(await listed()).toEqual(rows.map((row) => row.id).sort())
})
