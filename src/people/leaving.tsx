import { Hono } from 'hono'
import { holdingsOf, leave, successors } from '#src/people/leaver.ts'
import { LeavingPage } from '#src/people/pages/leaving.tsx'
import { findPerson, lockPerson, type Person } from '#src/people/queries.ts'
import { kept } from '#src/people/show.tsx'
import { ID } from '#src/tickets/route-id.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

const needs = staffNeeds('staff:users')

/** A leaver in one action: what she holds, to whom it goes, then done. */
export const leaving = new Hono<StaffEnv>()

const show = async (c: StaffContext, person: Person, wrong?: boolean) => {
  const [holdings, others] = await Promise.all([holdingsOf(c.var.db, person), successors(c.var.db, person)])
  return render(c, <LeavingPage {...{ person, holdings, others, wrong }} />, wrong ? 422 : 200)
}

leaving.get(`/${ID}/leaving`, needs, async (c) => {
  const person = await findPerson(c.var.db, c.req.param('id'))
  return person && !person.archived_at ? show(c, person) : notFound(c)
})

leaving.post(`/${ID}/leaving`, needs, async (c) => {
  const { db, staff, form } = c.var
  const person = await lockPerson(db, c.req.param('id'))
  if (!person || person.archived_at) return notFound(c)
  const chosen = form.get('to')
  const to = (await successors(db, person)).find(({ id }) => id === chosen)
  if (!to && chosen !== 'nobody') return show(c, person, true)
  const holdings = await holdingsOf(db, person)
  const orphaned = await leave(db, staff, person, holdings, to)
  return kept(c, person, orphaned, {
    action: 'contact.left',
    done: 'people.leaving.done',
    data: {
      sessions: holdings.sessions.length,
      tickets: [...holdings.asked, ...holdings.on].map((ticket) => ticket.number),
      to: to ? { id: to.id, name: to.name } : null,
    },
  })
})
