import { Hono } from 'hono'
import { explain, recordOf } from '#src/people/explain.ts'
import { EffectivePage } from '#src/people/pages/effective.tsx'
import { findPerson } from '#src/people/queries.ts'
import { ID } from '#src/tickets/route-id.ts'
import type { StaffEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

/** What somebody can see and do in the portal, and why she sees a certain ticket or doesn't. */
export const effective = new Hono<StaffEnv>()

effective.get(`/${ID}/access`, staffNeeds('staff:users'), async (c) => {
  const { db, view } = c.var
  const person = await findPerson(db, c.req.param('id'))
  if (!person || !view.tenant) return notFound(c)
  const asked = (c.req.query('record') ?? '').slice(0, 500)
  const record = recordOf(asked)
  const answer = record && (await explain(db, person, view.tenant, record))
  const problem =
    asked.trim() === '' || answer ? undefined : record ? 'people.why.unknown' : 'people.why.malformed'
  return render(c, <EffectivePage {...{ person, asked, answer, problem }} tenant={view.tenant} />)
})
