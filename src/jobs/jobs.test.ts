import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { currentUrls, pool, type Surface } from '#src/db/connect.ts'
import { Db } from '#src/db/scope.ts'
import { enqueue } from '#src/jobs/enqueue.ts'
import { job } from '#src/jobs/job.ts'
import { jobs, schedule } from '#src/jobs/registry.ts'
import { listeningLog } from '#src/jobs/test-ground.ts'
import { startWorker, type Worker, type WorkerOptions } from '#src/jobs/worker.ts'
import { freshDatabase } from '#test/database.ts'

let worker: Worker | undefined

beforeAll(async () => void (await freshDatabase()))
afterEach(async () => {
  await worker?.stop()
  worker = undefined
  await inQueue('delete from graphile_worker._private_jobs')
})

const inQueue = async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
  (await pool('worker').query<R>(text, values)).rows

const work = async (perform: Parameters<typeof job>[1], options: Partial<WorkerOptions> = {}) => {
  const log = listeningLog()
  const payload = z.object({ tenant: z.string(), mail: z.string() })
  const jobs = { 'mail:send': job<unknown>(payload, perform) }
  worker = await startWorker({ concurrency: 2, logger: log.logger, jobs, schedule: [], ...options })
  return log
}

const inTransaction = async (
  surface: Surface,
  end: 'commit' | 'rollback',
  use: (db: Db) => Promise<unknown>,
) => {
  const client = await pool(surface).connect()
  const executeQuery = async ({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) => ({
    rows: (await client.query(sql, [...parameters])).rows,
  })
  const streamQuery = () => Promise.reject(new Error('not here'))
  try {
    await client.query('begin')
    await use(new Db({ executeQuery, streamQuery } as never))
    await client.query(end)
  } finally {
    client.release(true)
  }
}

const leave = (mail: string, options = {}) =>
  inTransaction('system', 'commit', (db) => enqueue(db, 'mail:send', { tenant: 't', mail }, options))

type Waiting = { id: string; attempts: number; locked_by: string | null; payload: unknown }

const waiting = () =>
  inQueue<Waiting>(
    'select j.*, p.payload from graphile_worker.jobs j join graphile_worker._private_jobs p using (id)',
  )

describe('enqueue', () => {
  test.each<Surface>(['staff', 'system'])('as %s: runs once if the caller commits', async (surface) => {
    const done: unknown[] = []
    const log = await work(async (payload) => void done.push(payload))
    await inTransaction(surface, 'rollback', (db) =>
      enqueue(db, 'mail:send', { tenant: 't', mail: 'undone' }),
    )
    expect(await waiting()).toEqual([])
    await inTransaction(surface, 'commit', (db) => enqueue(db, 'mail:send', { tenant: 't', mail: surface }))
    await log.line((line) => line.msg === 'job done')
    await worker?.stop()
    expect(done).toEqual([{ tenant: 't', mail: surface }])
    expect(await waiting()).toEqual([])
  })

  test('lets a contact leave word about a ticket of her tenant, and nothing else', async () => {
    const tenant = '0199f2a4-7b1e-7c3d-9a5f-0123456789ab'
    const asContact = (use: (db: Db) => Promise<unknown>) =>
      inTransaction('portal', 'rollback', async (db) => {
        await sql.raw(`set local app.tenant = '${tenant}'`).execute(db)
        await use(db)
      })
    const message = '0199f2a4-7b1e-7c3d-9a5f-0123456789ac'
    await asContact((db) => enqueue(db, 'tickets:notify', { tenant, message }))
    const refused = [
      (db: Db) => enqueue(db, 'mail:send', { tenant, mail: message }),
      (db: Db) => enqueue(db, 'tickets:notify', { tenant: message, message }),
      (db: Db) => enqueue(db, 'tickets:notify', { tenant, message }, { key: 'of another job' }),
      (db: Db) => enqueue(db, 'tickets:notify', { tenant, message }, { queue: 'stopped' }),
    ]
    for (const tried of refused)
      await expect(asContact(tried)).rejects.toThrow('a contact may not leave this job')
    const stranger = inTransaction('public', 'commit', (db) =>
      enqueue(db, 'tickets:notify', { tenant, message }),
    )
    await expect(stranger).rejects.toThrow('permission denied')
    expect(await waiting()).toEqual([])
  })

  test('is nothing that the read-only twin can do, and its table is closed to surfaces', async () => {
    const tried = inTransaction('preview', 'commit', (db) =>
      enqueue(db, 'mail:send', { tenant: 't', mail: 'm' }),
    )
    await expect(tried).rejects.toThrow(/permission denied|read-only/)
    await expect(pool('portal').query('select from graphile_worker._private_jobs')).rejects.toThrow(
      'permission denied',
    )
  })

  test('keeps one job for a key, the latest', async () => {
    await leave('first', { key: 'k', runAt: new Date(Date.now() + 60_000) })
    await leave('second', { key: 'k', runAt: new Date(Date.now() + 90_000) })
    expect((await waiting()).map(({ payload }) => payload)).toEqual([{ tenant: 't', mail: 'second' }])
  })
})

describe('a job that fails', () => {
  test('is tried again, and says so without its payload', async () => {
    const attempts: number[] = []
    const log = await work(async (_, { attempt }) => {
      attempts.push(attempt)
      if (attempt === 1) throw new Error('not yet')
    })
    await leave('a-recipient')
    const retry = await log.line((line) => line.outcome === 'retry')
    expect(retry).toMatchObject({ job: 'mail:send', attempt: 1, error: 'not yet', ms: expect.any(Number) })
    expect(await log.line((line) => line.outcome === 'done')).toMatchObject({ attempt: 2, id: retry.id })
    expect(attempts).toEqual([1, 2])
    expect(JSON.stringify(log.lines)).not.toContain('a-recipient')
  })

  test('is given up after twelve attempts, with an alert', async () => {
    const runs: boolean[] = []
    const log = await work(async (_, { last }) => {
      runs.push(last)
      throw new Error('never')
    })
    await leave('secret-payload', { runAt: new Date(Date.now() + 60_000) })
    const [queued] = await waiting()
    await inQueue('update graphile_worker._private_jobs set attempts = max_attempts - 1, run_at = now()')
    const alert = await log.line((line) => line.alert === true)
    expect(alert).toMatchObject({
      level: 50,
      job: 'mail:send',
      id: queued?.id,
      attempt: 12,
      outcome: 'poison',
    })
    expect(runs).toEqual([true])
    expect(JSON.stringify(log.lines)).not.toContain('secret-payload')
  })

  test('is not even begun with a payload of the wrong shape', async () => {
    const begun: unknown[] = []
    const log = await work(async (payload) => void begun.push(payload))
    await inQueue(`select graphile_worker.add_job('mail:send', '{"tenant": 7}')`)
    await log.line((line) => line.outcome === 'retry')
    expect(begun).toEqual([])
  })
})

describe('leases', () => {
  test('of a process that died are taken over, those of a living one are not', async () => {
    await leave('orphan', { runAt: new Date(Date.now() + 60_000) })
    await leave('minded', { runAt: new Date(Date.now() + 60_000) })
    const living = new pg.Client({
      connectionString: currentUrls().worker,
      application_name: 'client-portal jobs pool-b',
    })
    await living.connect()
    const lock = `update graphile_worker._private_jobs set run_at = now(), locked_at = now(), locked_by = $1 where payload->>'mail' = $2`
    await inQueue(lock, ['pool-a', 'orphan'])
    await inQueue(lock, ['pool-b', 'minded'])
    const done: unknown[] = []
    const log = await work(async (payload) => void done.push(payload), { leaseCheck: 50 })
    await log.line((line) => line.msg === 'job done')
    await living.end()
    expect(done).toEqual([{ tenant: 't', mail: 'orphan' }])
    await log.line(({ msg }) => msg === 'job done' && done.length === 2)
  })

  test('end with an alert when the process died at the last attempt', async () => {
    await leave('orphan', { runAt: new Date(Date.now() + 60_000) })
    await inQueue(
      `update graphile_worker._private_jobs set attempts = max_attempts, locked_at = now(), locked_by = 'pool-gone'`,
    )
    const log = await work(async () => {}, { leaseCheck: 50 })
    expect(await log.line((line) => line.alert === true)).toMatchObject({
      job: 'mail:send',
      outcome: 'poison',
    })
  })
})

describe('the worker', () => {
  test('lets a running job finish when it is stopped', async () => {
    const begun = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<void>()
    const log = await work(async () => {
      begun.resolve()
      await finish.promise
    })
    await leave('slow')
    await begun.promise
    const stopped = worker?.stop()
    finish.resolve()
    await stopped
    expect(log.lines.map((line) => line.outcome)).toContain('done')
    expect(await waiting()).toEqual([])
  })

  test('gives back a job that hangs, after telling it to stop', async () => {
    const begun = Promise.withResolvers<void>()
    let told = false
    await work(
      async (_, { signal }) => {
        signal.addEventListener('abort', () => (told = true))
        begun.resolve()
        await new Promise(() => {})
      },
      { grace: 200 },
    )
    await leave('hanging')
    await begun.promise
    await worker?.stop()
    expect(told).toBe(true)
    expect(await waiting()).toMatchObject([{ attempts: 1, locked_by: null }])
  })

  test('goes on after it lost every connection in the middle of a job', async () => {
    const done: string[] = []
    const log = await work(
      async (payload) => {
        const { mail } = z.object({ mail: z.string() }).parse(payload)
        if (mail === 'cut')
          await inQueue(
            `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`,
          )
        done.push(mail)
      },
      { leaseCheck: 100 },
    )
    await leave('cut')
    await log.line((line) => line.msg === 'job done')
    await leave('after')
    await log.line(() => done.includes('after'))
  })

  test('goes on after the database was away when several jobs ended', async () => {
    const database = new URL(currentUrls().owner).pathname.slice(1)
    const admin = new pg.Client({ connectionString: inject('database').admin })
    await admin.connect()
    const done: string[] = []
    const gates = () => Array.from({ length: 4 }, () => Promise.withResolvers<void>())
    const [begun, ends] = [gates(), gates()]
    const log = await work(
      async (payload) => {
        const { mail } = z.object({ mail: z.string() }).parse(payload)
        if (mail === 'after') return void done.push(mail)
        begun[Number(mail)]?.resolve()
        await ends[Number(mail)]?.promise
      },
      { concurrency: 4, leaseCheck: 100, grace: 1_000 },
    )
    for (const name of ['0', '1', '2', '3']) await leave(name)
    await Promise.all(begun.map(({ promise }) => promise))
    await admin.query(`alter database ${database} allow_connections false`)
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database])
    for (const [n, end] of ends.entries()) {
      await setImmediate() // as apart as they would be
      end.resolve()
      await log.line(() => log.lines.filter(({ msg }) => msg.startsWith('queue: Failed to')).length > n)
    }
    await admin.query(`alter database ${database} allow_connections true`)
    await admin.end()
    await leave('after')
    await log.line(() => done.includes('after'))
  })

  test('knows who does each job of the schedule', () => {
    expect(schedule.map((item) => item.task).filter((name) => !(name in jobs))).toEqual([])
  })
})
