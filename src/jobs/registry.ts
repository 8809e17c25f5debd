import { type CronItem, parseCronItems } from 'graphile-worker'
import { sealAudit, tellHeads } from '#src/audit/chain/jobs.ts'
import { sweepFiles } from '#src/files/jobs.ts'
import { endPreviews } from '#src/impersonation/jobs.ts'
import type { Job } from '#src/jobs/job.ts'
import type { JobName, JobPayloads } from '#src/jobs/names.ts'
import { mailAlert, mailSend } from '#src/mail/jobs.ts'
import { inviteByMail } from '#src/people/invite-job.ts'
import { profileMails } from '#src/profile/jobs.ts'
import { clean } from '#src/sign-in/clean.ts'
import { resolve } from '#src/sign-in/resolve.ts'
import { resolveReset } from '#src/staff-sign-in/reset.ts'
import { autoClose } from '#src/tickets/auto-close.ts'
import { notify, welcome } from '#src/tickets/notify.ts'

export type Jobs = { readonly [N in JobName]: Job<JobPayloads[N]> }

/** Who does which job: one line each. */
export const jobs: Jobs = {
  'audit:heads': tellHeads,
  'audit:seal': sealAudit,
  'files:sweep': sweepFiles,
  'mail:alert': mailAlert,
  'mail:send': mailSend,
  'preview:end': endPreviews,
  'profile:mail': profileMails,
  'people:invite': inviteByMail,
  'sign-in:clean': clean,
  'sign-in:resolve': resolve,
  'staff:reset': resolveReset,
  'tickets:close-solved': autoClose,
  'tickets:notify': notify,
  'tickets:welcome': welcome,
}

// a tick replaces what is left of the one before, and gives up before the next is due
const at = (match: string, task: JobName): CronItem => ({
  task,
  match,
  options: { jobKey: task, maxAttempts: 5 },
})

/** When jobs come by themselves (UTC). Of several processes, one leaves the job. */
export const schedule = parseCronItems([
  at('* * * * *', 'audit:seal'),
  at('31 2 * * *', 'audit:heads'),
  at('*/10 * * * *', 'mail:alert'),
  at('7 * * * *', 'tickets:close-solved'),
  at('20 3 * * *', 'files:sweep'),
  at('*/5 * * * *', 'preview:end'),
  at('43 * * * *', 'sign-in:clean'),
])
