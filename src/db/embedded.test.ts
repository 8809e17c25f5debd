import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  ask,
  cleanUp,
  clusterOf,
  killServer,
  newFolder,
  postmaster,
  socketsOf,
  start,
  startElsewhere,
} from './embedded/test-ground.ts'

afterEach(cleanUp)

describe('a first start', () => {
  test('gives a database whose owner is no superuser and can make roles and databases', async () => {
    const dataDir = await newFolder()
    const { url, adminUrl, startLine } = await start(dataDir)
    expect(startLine).toMatch(/^PostgreSQL 18\.\d+ started in \S+\/data\/postgres/)
    const role =
      'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user'
    expect(await ask(url, role)).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: true,
      rolcreatedb: true,
    })
    const database = `select datname, pg_get_userbyid(datdba) as owner, pg_encoding_to_char(encoding) as encoding,
      datlocprovider, datlocale from pg_database where datname = current_database()`
    expect(await ask(url, database)).toEqual({
      datname: 'client_portal',
      owner: 'portal_owner',
      encoding: 'UTF8',
      datlocprovider: 'b',
      datlocale: 'C.UTF-8',
    })
    await ask(url, 'create role somebody')
    expect(await ask(adminUrl, 'select rolsuper from pg_roles where rolname = current_user')).toEqual({
      rolsuper: true,
    })
  })

  test('is set up to keep what it acknowledges, and listens on a unix socket only', async () => {
    const { adminUrl } = await start(await newFolder())
    const names = [
      'fsync',
      'full_page_writes',
      'synchronous_commit',
      'data_checksums',
      'jit',
      'listen_addresses',
    ]
    const more = ['wal_level', 'max_connections', 'shared_buffers', 'TimeZone']
    const columns = [...names, ...more].map((name) => `current_setting('${name}') as "${name}"`)
    expect(await ask(adminUrl, `select ${columns}`)).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      data_checksums: 'on',
      jit: 'off',
      listen_addresses: '',
      wal_level: 'replica',
      max_connections: '200',
      shared_buffers: '256MB',
      TimeZone: 'UTC',
    })
  })

  test('keeps its passwords to itself, and every connection needs one', async () => {
    const dataDir = await newFolder()
    const { url, adminUrl } = await start(dataDir)
    expect((await stat(join(dataDir, 'postgres.secrets.json'))).mode & 0o777).toBe(0o600)
    for (const address of [url, adminUrl]) {
      const wrong = address.replace(/:[0-9a-f]{48}@/, ':wrong@')
      expect(wrong).not.toBe(address)
      await expect(ask(wrong, 'select')).rejects.toMatchObject({ code: '28P01' })
    }
    const rules = `select count(*)::int as rules, count(*) filter (where auth_method = 'scram-sha-256')::int as scram
      from pg_hba_file_rules`
    const { rules: all, scram } = await ask(adminUrl, rules)
    expect(all).toBeGreaterThan(0)
    expect(scram).toBe(all)
  })

  test.each(['with space, "quote" and $HOME', `${'long/'.repeat(30)}path`])(
    'works in a folder %s',
    async (name) => {
      const server = await start(await newFolder(0o711, name))
      expect(server.startLine).toContain(name)
      expect(await ask(server.url, 'select 1 as one')).toEqual({ one: 1 })
      expect(join(socketsOf(server), '.s.PGSQL.5432').length).toBeLessThan(100)
      expect((await stat(socketsOf(server))).mode & 0o777).toBe(0o700)
    },
  )
})

describe('a further start', () => {
  test('uses the running server again', async () => {
    const dataDir = await newFolder()
    const first = await start(dataDir)
    await ask(first.url, 'create table kept as select 42 as answer')
    const pid = postmaster(await clusterOf(first))
    const second = await start(dataDir)
    expect(postmaster(await clusterOf(second))).toBe(pid)
    expect(second.url).toBe(first.url)
    expect(second.startLine).toContain('was still running in')
    expect(await ask(second.url, 'select answer from kept')).toEqual({ answer: 42 })
  })

  test('finds everything after a stop', async () => {
    const dataDir = await newFolder()
    const first = await start(dataDir)
    await ask(first.url, 'create table kept as select 42 as answer')
    await first.stop()
    expect(postmaster(join(dataDir, 'postgres'))).toBeUndefined()
    const second = await start(dataDir)
    expect(second.startLine).toContain(' started in')
    expect(await ask(second.url, 'select answer from kept')).toEqual({ answer: 42 })
  })

  test('takes over the server of a parent that was killed', async () => {
    const dataDir = await newFolder()
    const parent = startElsewhere(dataDir)
    const { url, adminUrl } = await parent.server
    const pid = postmaster(await clusterOf({ adminUrl }))
    await ask(url, 'create table kept as select 42 as answer')
    await parent.kill()
    const next = await start(dataDir)
    expect(postmaster(await clusterOf(next))).toBe(pid)
    expect(await ask(next.url, 'select answer from kept')).toEqual({ answer: 42 })
    await next.stop()
    expect(postmaster(join(dataDir, 'postgres'))).toBeUndefined()
  })

  test('recovers what was acknowledged when server and parent were killed', async () => {
    const dataDir = await newFolder()
    const parent = startElsewhere(dataDir)
    const { url, adminUrl } = await parent.server
    const cluster = await clusterOf({ adminUrl })
    await ask(url, 'create table kept (number int)')
    const client = new Client(url)
    client.on('error', () => {})
    await client.connect()
    const acknowledged: number[] = []
    const writing = (async () => {
      for (let number = 0; ; number++) {
        await client.query('insert into kept values ($1)', [number])
        acknowledged.push(number)
      }
    })().catch((error) => error)
    await vi.waitUntil(() => acknowledged.length > 200, { timeout: 20_000 })
    const killed = parent.kill()
    killServer(cluster)
    await Promise.all([killed, writing])
    const next = await start(dataDir)
    const { count, last } = await ask(next.url, 'select count(*)::int, max(number) as last from kept')
    expect(Number(count)).toBeGreaterThanOrEqual(acknowledged.length)
    expect(count).toBe(Number(last) + 1)
  })

  test('makes the database anew when the first was killed in the middle of initdb', async () => {
    const dataDir = await newFolder()
    const interrupted = startElsewhere(dataDir)
    interrupted.server.catch(() => {})
    const begun = async () => {
      const names = existsSync(dataDir) ? await readdir(dataDir) : []
      return names.find((name) => name.includes('.new-') && existsSync(join(dataDir, name, 'base')))
    }
    await vi.waitUntil(begun, { timeout: 20_000, interval: 2 })
    await interrupted.kill()
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false)
    const { url } = await start(dataDir)
    expect(await ask(url, 'select 1 as one')).toEqual({ one: 1 })
    expect((await readdir(dataDir)).filter((name) => name.includes('.new-'))).toEqual([])
  })
})
