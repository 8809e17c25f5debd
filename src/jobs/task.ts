import type { Task } from 'graphile-worker'
import type { Logger } from 'pino'
import type { Job } from '#src/jobs/job.ts'
import { jobSeconds, jobsRun } from '#src/jobs/metrics.ts'

const told = (error: unknown) => {
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return { error: message, stack }
}

/** A job as the queue calls it: one log line and one count for each run, an alert for the one that is given up. */
export const task =
  (name: string, job: Job<unknown>, logger: Logger): Task =>
  async (payload, { job: { id, attempts: attempt, max_attempts }, abortSignal: signal }) => {
    const last = attempt >= max_attempts
    const log = logger.child({ job: name, id, attempt })
    const started = performance.now()
    const ended = (outcome: 'done' | 'retry' | 'poison') => {
      const ms = Math.round(performance.now() - started)
      jobsRun.inc({ job: name, outcome })
      jobSeconds.observe({ job: name }, ms / 1000)
      return { ms, outcome }
    }
    try {
      await job.perform(job.schema.parse(payload), { id, attempt, last, signal, log })
      log.info(ended('done'), 'job done')
    } catch (error) {
      if (last) log.error({ alert: true, ...ended('poison'), ...told(error) }, 'job given up')
      else log.warn({ ...ended('retry'), ...told(error) }, 'job failed, will be tried again')
      throw error
    }
  }
