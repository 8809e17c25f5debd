import { sql } from 'kysely'
import { z } from 'zod'
import { asSystem } from '#src/db/scope.ts'
import { job } from '#src/jobs/job.ts'

/** What nobody needs any more: links and requests after two days, sessions a month after their end, old counts. */
export const clean = job(z.object({}), () =>
  asSystem('sign-in: clean', async (db) => {
    await sql`delete from login_link where expires_at < now() - interval '2 days'`.execute(db)
    await sql`delete from login_request where expires_at < now() - interval '2 days'`.execute(db)
    await sql`delete from session where least(ended_at, expires_at) < now() - interval '30 days'`.execute(db)
    await sql`delete from staff_step where expires_at < now() - interval '2 days'`.execute(db)
    await sql`delete from staff_session where least(ended_at, expires_at) < now() - interval '30 days'`.execute(
      db,
    )
    await sql`delete from known_browser where seen_at < now() - interval '400 days'`.execute(db)
    await sql`delete from rate_count where window_start < now() - interval '1 day'`.execute(db)
  }),
)
