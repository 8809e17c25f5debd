import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Hono } from 'hono'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { chooseAccount } from '#src/db/embedded/account.ts'
import { run, runAs } from '#src/db/embedded/command.ts'
import { migrate } from '#src/db/migrate.ts'
import { openDatabase } from '#src/db/open.ts'
import { readEnv } from '#src/env.ts'
import { paths } from '#src/paths.ts'
import { createTenant } from '#src/tenants/create.ts'
import { siteOf } from '#src/web/site.ts'
import { atEnd } from '#test/at-end.ts'
import { hasDebian } from '#test/debian.ts'

const BIN = '/usr/lib/postgresql/15/bin'

/** Debian's PostgreSQL 15 on a socket of its own, as an operator may have it. Answers a function that makes URLs. */
const startPostgres = async () => {
  const account = await chooseAccount()
  const folder = await mkdtemp(join(tmpdir(), 'client-portal-pg15-'))
  await chmod(folder, 0o755)
  if (account) await chown(folder, account.uid, account.gid)
  const made = await run(account, join(BIN, 'initdb'), [
    '-D',
    join(folder, 'data'),
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ])
  if (!made.ok) throw new Error(made.output)
  const options = ['-D', join(folder, 'data'), '-k', folder, '-c', 'listen_addresses=']
  const child = spawn(join(BIN, 'postgres'), options, { ...runAs(account), stdio: 'ignore' })
  atEnd(async () => {
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    await ended
    await rm(folder, { recursive: true })
  })
  return (user: string, database: string) =>
    `postgres://${user}:x@localhost/${database}?host=${encodeURIComponent(folder)}`
}

const asSuperuser = async (url: string, statements: string[]) => {
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      for (const statement of statements) await client.query(statement)
      return await client.end()
    } catch (error) {
      if (
        !(
          error instanceof Error &&
          'code' in error &&
          ['ENOENT', 'ECONNREFUSED', '57P03'].includes(String(error.code))
        )
      )
        throw error
      await pause(50)
    }
  }
}

describe.skipIf(!hasDebian('postgresql-15', join(BIN, 'postgres')))('a PostgreSQL 15 of the operator', () => {
  test('is migrated by an owner who is no superuser, and serves pages', async () => {
    const url = await startPostgres()
    await asSuperuser(url('postgres', 'postgres'), [
      `create role msp login createrole nosuperuser nobypassrls password 'x'`,
      'create database portal owner msp',
    ])
    const folder = await mkdtemp(join(tmpdir(), 'client-portal-external-'))
    const env = readEnv({ MODE: 'test', DATABASE_URL: url('msp', 'portal'), DATA_DIR: folder })
    const database = await openDatabase(env)
    atEnd(async () => {
      await database.close()
      await rm(folder, { recursive: true })
    })
    expect(await migrate(database.urls)).toEqual([])
    await createTenant({
      slug: 'quayline',
      name: 'Quayline IT',
      supportEmail: 'help@quayline.example',
      timeZone: 'UTC',
    })
    const app = createApp(siteOf(env)) as unknown as Hono
    const headers = { host: 'localhost:3000' }
    expect(await (await app.request('http://localhost:3000/readyz', { headers })).text()).toBe('ready')
    const page = await app.request(`http://localhost:3000${paths.login()}`, { headers })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Quayline IT')
  })
})
