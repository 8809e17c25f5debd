import { Hono } from 'hono'
import { currentAnnouncements } from '#src/announcements/queries.ts'
import { HomePage } from '#src/home/page.tsx'
import { openTickets, waitingTickets } from '#src/home/queries.ts'
import { can } from '#src/viewer.ts'
import type { PortalEnv } from '#src/web/context.ts'
import { render } from '#src/web/render.tsx'
import { signedIn } from '#src/web/scope.ts'

export const home = new Hono<PortalEnv>()

home.get('/', signedIn, async (c) => {
  const { db, viewer } = c.var
  const tickets = can(viewer, 'tickets:view')
  const [open, waiting, announcements] = await Promise.all([
    tickets ? openTickets(db, viewer) : undefined,
    tickets ? waitingTickets(db, viewer) : [],
    currentAnnouncements(db),
  ])
  return render(c, <HomePage open={open} waiting={waiting} announcements={announcements} />)
})
