import { Hono } from 'hono'
import { parseDeskFilter } from '#src/tickets/desk-filter.ts'
import { countQueues, listQueue, queueChoices } from '#src/tickets/desk-queries.ts'
import { staffDownload } from '#src/tickets/download.ts'
import { ID } from '#src/tickets/route-id.ts'
import { staffNew } from '#src/tickets/staff-new.tsx'
import { QueuePage } from '#src/tickets/staff-pages/queue.tsx'
import { showDeskTicket } from '#src/tickets/staff-show.tsx'
import { staffWrites } from '#src/tickets/staff-writes.tsx'
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

staffTickets.route('/', staffNew)

staffTickets.get(`/${ID}`, staffNeeds('staff:tickets'), (c) => showDeskTicket(c, c.req.param('id')))

// the addresses at which a reply or a note came back with an error, opened again
staffTickets.get(`/${ID}/replies`, staffNeeds('staff:tickets'), (c) => showDeskTicket(c, c.req.param('id')))
staffTickets.get(`/${ID}/notes`, staffNeeds('staff:tickets'), (c) =>
  showDeskTicket(c, c.req.param('id'), { mode: 'note', problems: {} }),
)

staffTickets.route('/', staffWrites)

export const staffAttachments = new Hono<StaffEnv>()

staffAttachments.get(`/${ID}`, staffNeeds('staff:tickets'), (c) => staffDownload(c, c.req.param('id')))
