import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { ask, cleanUp, newFolder, postmaster, start } from './test-ground.ts'

afterEach(cleanUp)

describe('a start is refused', () => {
  test.each([
    ['alter system set fsync = off', 'fsync=off'],
    ['alter system set full_page_writes = off', 'full_page_writes=off'],
    ['alter role portal_owner set synchronous_commit = off', 'synchronous_commit=off'],
  ])('after "%s", with the running server and with the next', async (loosen, complaint) => {
    const dataDir = await newFolder()
    const first = await start(dataDir)
    await ask(first.adminUrl, loosen)
    await ask(first.adminUrl, 'select pg_reload_conf()')
    await vi.waitFor(() => expect(start(dataDir)).rejects.toThrow(complaint), 10_000)
    await first.stop()
    await expect(start(dataDir)).rejects.toThrow(complaint)
    expect(postmaster(join(dataDir, 'postgres'))).toBeUndefined()
  })

  test('when the database is of another major version', async () => {
    const dataDir = await newFolder()
    await (await start(dataDir)).stop()
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '17\n')
    await expect(start(dataDir)).rejects.toThrow(/made by PostgreSQL 17, and this version brings 18\./)
  })

  test('when the database of a data directory is gone', async () => {
    const dataDir = await newFolder()
    await (await start(dataDir)).stop()
    await rm(join(dataDir, 'postgres'), { recursive: true })
    await expect(start(dataDir)).rejects.toThrow(`The database of ${dataDir} is gone`)
  })

  test('when the passwords were lost', async () => {
    const dataDir = await newFolder()
    await (await start(dataDir)).stop()
    await rm(join(dataDir, 'postgres.secrets.json'))
    await expect(start(dataDir)).rejects.toThrow('do not fit')
  })

  test('when the server cannot start, with its own words', async () => {
    const dataDir = await newFolder()
    await (await start(dataDir)).stop()
    await writeFile(join(dataDir, 'postgres', 'postgresql.auto.conf'), `shared_buffers = 'plenty'\n`)
    await expect(start(dataDir)).rejects.toThrow(
      /does not start in .*invalid value for parameter "shared_buffers"/s,
    )
  })
})
