import { setTimeout as pause } from 'node:timers/promises'
import type { ParsedCronItem } from 'graphile-worker'
import type { Logger } from 'pino'
import type { Job } from '#src/jobs/job.ts'
import { openQueue } from '#src/jobs/queue.ts'
import * as registry from '#src/jobs/registry.ts'
import { task } from '#src/jobs/task.ts'

export type WorkerOptions = {
  /** How many jobs this process does at the same time. */
  concurrency: number
  logger: Logger
  jobs?: Readonly<Record<string, Job<unknown>>>
  schedule?: ParsedCronItem[]
  grace?: number
  leaseCheck?: number
}

export type Worker = {
  /** Takes no more jobs, lets those that run finish (20 s) and gives the others back: 25 s at most. */
  stop(): Promise<void>
}

/**
 * Does the jobs, in this process, until it is stopped. A queue that ends by itself (the database went away while a job's
 * end was being written) is opened again. Throws when the database can't be reached at the start.
 */
export const startWorker = async (options: WorkerOptions): Promise<Worker> => {
  const { jobs = registry.jobs, schedule = registry.schedule, grace = 20_000, leaseCheck = 5_000 } = options
  const { logger, concurrency } = options
  const tasks = Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, task(name, job, logger)]))
  const open = () => openQueue({ tasks, schedule, concurrency, logger, grace, leaseCheck })
  const stopping = new AbortController()
  let queue = await open()

  const reopen = async (seconds = 1): Promise<void> => {
    await pause(seconds * 1_000, undefined, { signal: stopping.signal })
    try {
      queue = await open()
    } catch (error) {
      logger.error({ error: String(error) }, 'the job worker could not start again')
      await reopen(Math.min(seconds * 2, 30))
    }
  }
  const watch = async () => {
    while (!stopping.signal.aborted) {
      await queue.ended
      if (stopping.signal.aborted) return
      logger.warn('the job worker ended by itself and is started again')
      await reopen()
    }
  }
  const watching = watch().catch(() => {}) // stopped between two tries

  return {
    stop: async () => {
      stopping.abort()
      await queue.stop()
      await watching
      await queue.stop() // the one that was being opened
    },
  }
}
