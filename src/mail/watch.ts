import { sql } from 'kysely'
import { asSystem } from '#src/db/scope.ts'
import type { JobRun } from '#src/jobs/job.ts'
import { mailsEnded, mailsLate } from '#src/mail/metrics.ts'

/**
 * `mail:alert`: drops what is too late, gives up what no job can still be trying (its process died at the last attempt),
 * and raises the alarm when mails don't get out.
 */
export const watchOutbox = async (run: JobRun) => {
  const { abandoned, late } = await asSystem('mail watch', async (db) => {
    const end = (state: 'dropped' | 'failed', reason: string) =>
      db
        .updateTable('mail')
        .set({ state, last_error: sql<string>`coalesce(last_error, ${reason})`, done_at: sql<Date>`now()` })
        .where('state', '=', 'queued')
        .returning('kind')
    const dropped = await end('dropped', 'too late').where('expires_at', '<=', sql<Date>`now()`).execute()
    const abandoned = await end('failed', 'never sent')
      .where('created_at', '<', sql<Date>`now() - interval '3 days'`)
      .execute()
    const late = await db
      .selectFrom('mail')
      .select((eb) => [eb.fn.countAll<number>().as('mails'), eb.fn.min('created_at').as('since')])
      .where('state', '=', 'queued')
      .where('created_at', '<', sql<Date>`now() - interval '15 minutes'`)
      .executeTakeFirstOrThrow()
    for (const { kind } of dropped) mailsEnded.inc({ kind, state: 'dropped' })
    for (const { kind } of abandoned) mailsEnded.inc({ kind, state: 'failed' })
    return { abandoned: abandoned.length, late }
  })
  mailsLate.set(late.mails)
  if (abandoned > 0 || late.mails > 0)
    run.log.error({ alert: true, late: late.mails, since: late.since, abandoned }, 'mails do not get out')
}
