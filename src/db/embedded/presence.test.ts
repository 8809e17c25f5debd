import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  ask,
  cleanUp,
  killServer,
  newFolder,
  postmaster,
  start,
  startElsewhere,
  timesStarted,
} from './test-ground.ts'

afterEach(cleanUp)

test('of processes that start at once, one starts the server and the others share it', async () => {
  const dataDir = await newFolder()
  const others = [1, 2].map(() => startElsewhere(dataDir))
  const [here, again, ...there] = await Promise.all([
    start(dataDir),
    start(dataDir),
    ...others.map((o) => o.server),
  ])
  for (const { url } of [again, ...there]) expect(url).toBe(here.url)
  expect(await timesStarted(dataDir)).toBe(1)
  expect((await readdir(dataDir)).sort()).toEqual([
    'postgres',
    'postgres.log',
    'postgres.secrets.json',
    'postgres.socket',
  ])
})

test('a server that dies under us is started again at the same address', async () => {
  const dataDir = await newFolder()
  const { url, stop } = await start(dataDir)
  await ask(url, 'create table kept as select 42 as answer')
  killServer(join(dataDir, 'postgres'))
  await vi.waitFor(
    async () => expect(await ask(url, 'select answer from kept')).toEqual({ answer: 42 }),
    20_000,
  )
  await stop()
  expect(postmaster(join(dataDir, 'postgres'))).toBeUndefined()
})

describe('stop', () => {
  test('leaves the server to another client', async () => {
    const dataDir = await newFolder()
    const first = await start(dataDir)
    const client = new Client(first.url)
    await client.connect()
    await first.stop()
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
    await (await start(dataDir)).stop()
    expect(postmaster(join(dataDir, 'postgres'))).toBeUndefined()
  })

  test('leaves the server to a process that has no connection at the moment', async () => {
    const dataDir = await newFolder()
    const first = startElsewhere(dataDir)
    await first.server
    const second = await start(dataDir)
    await first.stop()
    expect(await ask(second.url, 'select 1 as one')).toEqual({ one: 1 })
    expect(await timesStarted(dataDir)).toBe(1)
    await second.stop()
    expect(postmaster(join(dataDir, 'postgres'))).toBeUndefined()
  })

  test('by all at once, while others come, ends with no server or with one that serves', async () => {
    const dataDir = await newFolder()
    let present = await start(dataDir)
    for (let round = 0; round < 8; round++) {
      const [next] = await Promise.all([start(dataDir), present.stop()])
      expect(await ask(next.url, 'select 1 as one')).toEqual({ one: 1 })
      present = next
    }
    const last = await Promise.all([start(dataDir), start(dataDir), start(dataDir)])
    await Promise.all([...last, present].map((server) => server.stop()))
    expect(postmaster(join(dataDir, 'postgres'))).toBeUndefined()
  })
})
