import { Hono } from 'hono'
import { parseDeskFilter } from '#src/tickets/desk-filter.ts'
import { countQueues, listQueue, queueChoices } from '#src/tickets/desk-queries.ts'
import { QueuePage } from '#src/tickets/staff-pages/queue.tsx'
import type { StaffEnv } from '#src/web/context.ts'
import { render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

/** The desk: the queue, and each ticket as staff see it. */
export const staffTickets = new Hono<StaffEnv>()

staffTickets.get('/', staffNeeds('staff:tickets'), async (c) => {
  const { db, staff } = c.var
  const { filter, bad } = parseDeskFilter(c.req.query())
  const [list, counts, choices] = await Promise.all([
    listQueue(db, staff.staffId, filter),
    countQueues(db, staff.staffId),
    queueChoices(db, filter.company),
  ])
  return render(c, <QueuePage filter={filter} list={list} counts={counts} choices={choices} bad={bad} />)
})
