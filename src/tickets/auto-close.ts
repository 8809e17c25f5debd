import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { asSystem } from '#src/db/scope.ts'
import { job } from '#src/jobs/job.ts'
import { tellLive } from '#src/live/tell.ts'
import { settingsOf } from '#src/tenants/settings.ts'

const BATCH = 500

/** Closes what has been solved for the tenant's number of days and nobody objected to. Answers how many it closed. */
const closeSolved = (tenant: string, days: number) =>
  asSystem(
    'tickets: close solved',
    async (db) => {
      const due = await db
        .selectFrom('ticket')
        .select(['id', 'company_id', 'confidential', 'visible_to'])
        .where('status', '=', 'solved')
        .where('status_since', '<', sql<Date>`now() - make_interval(days => ${days})`)
        .orderBy('status_since')
        .limit(BATCH)
        .forUpdate()
        .skipLocked()
        .execute()
      if (due.length === 0) return 0
      const ids = due.map((ticket) => ticket.id)
      await db
        .updateTable('ticket')
        .set({ status: 'closed', status_since: sql<Date>`now()` })
        .where('id', 'in', ids)
        .execute()
      const event = {
        kind: 'status' as const,
        actor_name: '',
        data: JSON.stringify({ from: 'solved', to: 'closed' }),
      }
      const rows = due.map(({ id, ...seen }) => ({ ...seen, ...event, id: uuidv7(), ticket_id: id }))
      await db.insertInto('ticket_event').values(rows).execute()
      for (const ticket of due) await tellLive(db, ticket)
      return due.length
    },
    tenant,
  )

export const autoClose = job(z.object({}), async () => {
  const tenants = await asSystem('tickets: tenants', (db) =>
    db.selectFrom('tenant').select(['tenant_id', 'settings']).execute(),
  )
  for (const { tenant_id, settings } of tenants) {
    const { closeSolvedDays } = settingsOf(settings)
    while ((await closeSolved(tenant_id, closeSolvedDays)) === BATCH);
  }
})
