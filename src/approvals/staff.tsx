import { Hono } from 'hono'
import { ApprovalsPage, type Wrong } from '#src/approvals/pages/list.tsx'
import {
  approvalFilter,
  approve,
  countWaiting,
  findRequest,
  listRequests,
  refuse,
} from '#src/approvals/queries.ts'
import { paths } from '#src/paths.ts'
import { ID } from '#src/tickets/route-id.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { notFound, problem } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

const LONGEST = 1000

export const approvals = new Hono<StaffEnv>()

const show = async (c: StaffContext, wrong?: Wrong) => {
  const filter = approvalFilter(c.req.query())
  const [list, waiting] = await Promise.all([listRequests(c.var.db, filter), countWaiting(c.var.db)])
  const page = <ApprovalsPage filter={filter} list={list} waiting={waiting} wrong={wrong} />
  return render(c, page, wrong ? 422 : 200)
}

approvals.get('/', staffNeeds('staff:approvals'), (c) => show(c))

// where a form came back with an error, opened again
for (const form of ['approval', 'refusal'])
  approvals.get(`/${ID}/${form}`, staffNeeds('staff:approvals'), async (c) => {
    const request = await findRequest(c.var.db, c.req.param('id') ?? '')
    return request ? c.redirect(paths.staff.approvals(), 303) : notFound(c)
  })

approvals.post(`/${ID}/approval`, staffNeeds('staff:approvals'), async (c) => {
  const { db, staff, address } = c.var
  const request = await findRequest(db, c.req.param('id'))
  if (!request) return notFound(c)
  const outcome = await approve(db, staff, request, address)
  if (outcome === 'decided') return problem(c, 409)
  if (outcome === 'taken') return show(c, { id: request.id, key: 'approvals.taken', reason: '' })
  flash(c, 'approvals.approve.done')
  return c.redirect(paths.staff.approvals(), 303)
})

approvals.post(`/${ID}/refusal`, staffNeeds('staff:approvals'), async (c) => {
  const { db, staff, form, address } = c.var
  const request = await findRequest(db, c.req.param('id'))
  if (!request) return notFound(c)
  const reason = form.get('reason').trim()
  if (reason === '') return show(c, { id: request.id, key: 'approvals.reason.missing', reason })
  if (reason.length > LONGEST) return show(c, { id: request.id, key: 'approvals.reason.long', reason })
  if ((await refuse(db, staff, request, reason, address)) === 'decided') return problem(c, 409)
  flash(c, 'approvals.refuse.done')
  return c.redirect(paths.staff.approvals(), 303)
})
