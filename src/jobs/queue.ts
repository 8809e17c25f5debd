import { EventEmitter } from 'node:events'
import { Logger as Funnel, type ParsedCronItem, run, type TaskList } from 'graphile-worker'
import pg from 'pg'
import type { Logger } from 'pino'
import { currentUrls } from '#src/db/connect.ts'
import { watchLeases } from '#src/jobs/leases.ts'

export type QueueOptions = {
  tasks: TaskList
  schedule: ParsedCronItem[]
  concurrency: number
  logger: Logger
  /** How long running jobs may take to finish when the process stops, in milliseconds. */
  grace: number
  /** How often to look for jobs of processes that died, in milliseconds. */
  leaseCheck: number
}

export type Queue = {
  /** Resolves when it has ended, whoever ended it. */
  ended: Promise<void>
  stop(): Promise<void>
}

/** Only what it complains about: task.ts tells how jobs went, and its meta data hold payloads. */
const funnel = (logger: Logger) =>
  new Funnel(() => (level, message, meta) => {
    if (meta?.failure || (level !== 'error' && level !== 'warning')) return
    logger[level === 'error' ? 'error' : 'warn'](`queue: ${message}`)
  })

const workerPool = (max: number, logger: Logger) => {
  const pool = new pg.Pool({
    connectionString: currentUrls().worker,
    max,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'client-portal worker',
  })
  const broken = (error: Error) => logger.warn({ error: error.message }, 'the worker lost a connection')
  pool.on('error', broken)
  pool.on('connect', (client) => client.on('error', broken))
  return pool
}

const within = (ms: number, work: Promise<unknown>) => {
  const over = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => over.resolve(false), ms)
  const done = work.then(
    () => true,
    () => true,
  )
  return Promise.race([done, over.promise]).finally(() => clearTimeout(timer))
}

/** Resolves when so many workers have put their work down. */
const idle = (events: EventEmitter, workers: number) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let left = workers
  events.on('worker:stop', () => {
    left -= 1
    if (left === 0) resolve()
  })
  return promise
}

/** Works on the queue with connections of its own, on the direct address. Throws when the database can't be reached. */
export const openQueue = async ({
  tasks,
  schedule,
  concurrency,
  logger,
  grace,
  leaseCheck,
}: QueueOptions): Promise<Queue> => {
  const pool = workerPool(concurrency + 2, logger)
  const events = new EventEmitter()
  const leases = watchLeases(pool, events, logger, leaseCheck)
  const allIdle = idle(events, concurrency)
  let closing: Promise<unknown> | undefined
  const close = async () => {
    leases.stop()
    closing ??= within(1_000, pool.end())
    await closing
  }
  try {
    const runner = await run({
      pgPool: pool,
      taskList: tasks,
      parsedCronItems: schedule,
      noHandleSignals: true,
      events,
      logger: funnel(logger),
      // without batches, a job whose end can't be written (no database) is a promise that nobody awaits
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      concurrency,
      gracefulShutdownAbortTimeout: grace * 0.75,
    })
    const ended = Promise.withResolvers<void>()
    runner.promise.then(close, close).then(ended.resolve)
    const end = async (patience: number) => {
      if (!(await within(patience, runner.stop()))) await within(4_000, leases.giveBack())
      await close()
      ended.resolve()
    }
    let asked = false
    // By itself it stops when it can't write how jobs ended, and then may wait for ever: it miscounts writes that failed.
    events.once('pool:gracefulShutdown', async () => {
      if (asked) return
      await within(grace, allIdle)
      await end(1_000)
    })
    const stop = async () => {
      asked = true
      await end(grace)
    }
    return { ended: ended.promise, stop }
  } catch (error) {
    await close()
    throw error
  }
}
