import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { diskStore } from '#src/files/store.ts'
import { sha256 } from '#src/secret.ts'

const folder = mkdtempSync(join(tmpdir(), 'store-'))
afterAll(() => rmSync(folder, { recursive: true }))
const store = diskStore(folder)
const tenant = uuidv7()

const read = async (id: string) => {
  const content = await store.open(tenant, id)
  return content && Buffer.concat(await content.toArray()).toString()
}
const listed = async () => {
  const ids = []
  for await (const file of store.list()) ids.push(file.id)
  return ids
}
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

test('keeps what a stream or a file holds, and measures it', async () => {
  const [id, other] = [uuidv7(), uuidv7()]
  const measured = await store.put(tenant, id, Readable.from([Buffer.from('two '), Buffer.from('pieces')]))
  expect(measured).toEqual({ bytes: 10, sha256: sha256('two pieces') })
  writeFileSync(join(folder, 'given'), 'a file')
  await store.put(tenant, other, join(folder, 'given'))
  expect([await read(id), await read(other), await read(uuidv7())]).toEqual([
    'two pieces',
    'a file',
    undefined,
  ])
  expect((await listed()).sort()).toEqual([id, other].sort())
  await store.remove(tenant, id)
  await store.remove(tenant, id)
  expect([await read(id), await listed()]).toEqual([undefined, [other]])
})

test('only the owner of the process may read', async () => {
  const id = uuidv7()
  await store.put(tenant, id, Readable.from([Buffer.from('x')]))
  const part = join(folder, 'files', tenant, id.slice(-12, -10))
  expect([mode(join(folder, 'files')), mode(part), mode(join(part, id))]).toEqual(['700', '700', '600'])
})

test('what breaks off is not there, and leaves nothing', async () => {
  const id = uuidv7()
  const before = await listed()
  const broken = Readable.from(
    (async function* () {
      yield Buffer.from('half')
      throw new Error('gone')
    })(),
  )
  await expect(store.put(tenant, id, broken)).rejects.toThrow('gone')
  expect([await read(id), await listed()]).toEqual([undefined, before])
})

test('what a killed process left unfinished goes when it is old', async () => {
  const [old, young] = [join(folder, 'files/unfinished/old'), join(folder, 'files/unfinished/young')]
  for (const path of [old, young]) writeFileSync(path, 'half')
  utimesSync(old, 1, 1)
  await store.removeUnfinished(new Date(Date.now() - 1000))
  expect(() => statSync(old)).toThrow()
  expect(statSync(young).size).toBe(4)
})

test('names that are no ids open nothing', async () => {
  for (const id of ['../../given', '', 'x'.repeat(36)]) {
    await expect(store.open(tenant, id)).rejects.toThrow('UUID')
    await expect(store.put(id, uuidv7(), join(folder, 'given'))).rejects.toThrow('UUID')
  }
})

test('a form that a killed process was reading goes when it is old', async () => {
  const [old, young] = [join(folder, 'uploads/old'), join(folder, 'uploads/young')]
  mkdirSync(join(folder, 'uploads'))
  for (const path of [old, young]) writeFileSync(path, 'half')
  utimesSync(old, new Date(0), new Date(0))
  await store.removeUnfinished(new Date(Date.now() - 1000))
  expect(readdirSync(join(folder, 'uploads'))).toEqual(['young'])
})
