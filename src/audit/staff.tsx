import { Hono } from 'hono'
import { z } from 'zod'
import { exportStream, FORMATS } from '#src/audit/export.ts'
import { type AuditFilter, auditFilter } from '#src/audit/filter.ts'
import { namesOf } from '#src/audit/names.ts'
import { EventPage } from '#src/audit/pages/event.tsx'
import { AuditPage } from '#src/audit/pages/list.tsx'
import { auditChoices, findAudit, listAudit } from '#src/audit/queries.ts'
import { actionsSaying } from '#src/audit/words.ts'
import { ID } from '#src/tickets/route-id.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

export const audit = new Hono<StaffEnv>()

const needs = staffNeeds('staff:audit')
const format = z.enum(['csv', 'jsonl']).catch('csv')

const filterOf = (c: StaffContext): AuditFilter => {
  const filter = auditFilter(c.req.query())
  return { ...filter, saying: actionsSaying(c.var.view.t, filter.q) }
}

audit.get('/', needs, async (c) => {
  const { db, view } = c.var
  const filter = filterOf(c)
  const [list, choices] = await Promise.all([listAudit(db, filter, view.timeZone), auditChoices(db)])
  const names = await namesOf(db, list.rows)
  return render(c, <AuditPage {...{ filter, list, choices, names }} />)
})

audit.get('/export', needs, (c) => {
  const kind = format.parse(c.req.query('format'))
  const day = new Date().toISOString().slice(0, 10)
  return c.body(exportStream(c.var.staff, filterOf(c), c.var.view.timeZone, kind), 200, {
    'content-type': FORMATS[kind],
    'content-disposition': `attachment; filename="audit-${day}.${kind}"`,
  })
})

audit.get(`/${ID}`, needs, async (c) => {
  const event = await findAudit(c.var.db, c.req.param('id'))
  if (!event) return notFound(c)
  return render(c, <EventPage event={event} names={await namesOf(c.var.db, [event])} />)
})
