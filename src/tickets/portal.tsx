import { Hono } from 'hono'
import { countTickets, filterChoices } from '#src/tickets/counts.ts'
import { download } from '#src/tickets/download.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import { empty } from '#src/tickets/forms.ts'
import { ListPage } from '#src/tickets/pages/list.tsx'
import { NewPage, newTicketChoices } from '#src/tickets/pages/new.tsx'
import { listTickets } from '#src/tickets/queries.ts'
import { ID } from '#src/tickets/route-id.ts'
import { showTicket } from '#src/tickets/show.tsx'
import { writes } from '#src/tickets/writes.tsx'
import { ticketScope } from '#src/viewer.ts'
import type { PortalEnv } from '#src/web/context.ts'
import { render } from '#src/web/render.tsx'
import { needs } from '#src/web/scope.ts'

export const tickets = new Hono<PortalEnv>()

tickets.get('/', needs('tickets:view'), async (c) => {
  const { db, viewer } = c.var
  const { filter, bad } = parseFilter(c.req.query())
  const own = ticketScope(viewer) === 'own' || filter.whose === 'mine'
  const [list, counts, choices] = await Promise.all([
    listTickets(db, viewer, { ...filter, timeZone: c.var.view.timeZone }, own),
    countTickets(db, viewer, own),
    filterChoices(db),
  ])
  return render(
    c,
    <ListPage filter={filter} own={own} list={list} counts={counts} choices={choices} bad={bad} />,
  )
})

tickets.get('/new', needs('tickets:create'), async (c) => {
  const choices = await newTicketChoices(c.var.db, c.var.viewer)
  return render(
    c,
    <NewPage choices={choices} input={{ ...empty, subject: c.req.query('subject') ?? '' }} problems={{}} />,
  )
})

tickets.get(`/${ID}`, needs('tickets:view'), (c) => showTicket(c, c.req.param('id')))

// the address at which a reply came back with an error, opened again
tickets.get(`/${ID}/replies`, needs('tickets:view'), (c) => showTicket(c, c.req.param('id')))

tickets.route('/', writes)

export const attachments = new Hono<PortalEnv>()

attachments.get(`/${ID}`, needs('tickets:view'), (c) => download(c, c.req.param('id')))
