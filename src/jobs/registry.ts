import { type CronItem, parseCronItems } from 'graphile-worker'
import type { Job } from '#src/jobs/job.ts'
import type { JobName, JobPayloads } from '#src/jobs/names.ts'
import { mailAlert, mailSend } from '#src/mail/jobs.ts'

export type Jobs = { readonly [N in JobName]: Job<JobPayloads[N]> }

/** Who does which job: one line each. */
export const jobs: Jobs = {
  'mail:alert': mailAlert,
  'mail:send': mailSend,
}

// a tick replaces what is left of the one before, and gives up before the next is due
const at = (match: string, task: JobName): CronItem => ({
  task,
  match,
  options: { jobKey: task, maxAttempts: 5 },
})

/** When jobs come by themselves (UTC). Of several processes, one leaves the job. */
export const schedule = parseCronItems([at('*/10 * * * *', 'mail:alert')])
