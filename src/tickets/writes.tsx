import { Hono } from 'hono'
import { paths } from '#src/paths.ts'
import { closeTicket, reopenTicket } from '#src/tickets/closure.ts'
import { createTicket } from '#src/tickets/create.ts'
import { colleagues, lockTicket } from '#src/tickets/find.ts'
import { hasProblems, replyProblems, ticketProblems, typed } from '#src/tickets/forms.ts'
import { NewPage, newTicketChoices } from '#src/tickets/pages/new.tsx'
import { addParticipant } from '#src/tickets/participants.ts'
import { canAddParticipant, canClose, canCreateFor, canReopen, canReply } from '#src/tickets/policy.ts'
import { markRead, replyTo } from '#src/tickets/reply.ts'
import { ID } from '#src/tickets/route-id.ts'
import { showTicket } from '#src/tickets/show.tsx'
import { uploads } from '#src/tickets/uploads.ts'
import type { PortalEnv } from '#src/web/context.ts'
import { forbidden, notFound, problem } from '#src/web/errors.tsx'
import { once } from '#src/web/once.ts'
import { flash, render } from '#src/web/render.tsx'
import { needs } from '#src/web/scope.ts'

/** What a contact does with tickets. */
export const writes = new Hono<PortalEnv>()

writes.post('/', needs('tickets:create'), async (c) => {
  const { db, viewer, form, view } = c.var
  const input = typed(form, await uploads(db, viewer, form))
  const choices = await newTicketChoices(db, viewer)
  const problems = ticketProblems(form, input, choices.limit(view), view)
  const category = choices.categories.find((row) => row.id === input.category)
  const requesterId = input.for || viewer.contactId
  if (!canCreateFor(viewer, requesterId)) return forbidden(c)
  if (input.category && !category) problems.category = { key: 'tickets.new.badCategory' }
  if (requesterId !== viewer.contactId && !choices.people.some((row) => row.id === requesterId))
    problems.for = { key: 'tickets.new.badPerson' }
  if (hasProblems(problems))
    return render(c, <NewPage choices={choices} input={input} problems={problems} />, 422)

  const { files, body } = input
  const ticket = {
    subject: input.subject.trim(),
    body,
    priority: choices.priority(input),
    category,
    requesterId,
    files,
  }
  const done = await once(
    { ...c.var, path: c.req.path },
    ['subject', 'body', 'priority', 'category', 'for'],
    async () => paths.ticket(await createTicket(db, viewer, ticket)),
  )
  if (done === 'conflict') return problem(c, 409)
  flash(c, 'tickets.new.done')
  return c.redirect(done.location, 303)
})

writes.post(`/${ID}/replies`, needs('tickets:reply'), async (c) => {
  const { db, viewer, form, view } = c.var
  const ticket = await lockTicket(db, c.req.param('id'))
  if (!ticket) return notFound(c)
  if (!canReply(viewer, ticket)) return forbidden(c)
  const input = typed(form, await uploads(db, viewer, form))
  const problems = replyProblems(
    form,
    input,
    (view.tenant?.settings.attachmentMegabytes ?? 0) * 1_000_000,
    view,
  )
  if (hasProblems(problems)) return showTicket(c, ticket.id, { input, problems })

  const solved = form.get('then') === 'solve' && canClose(viewer, ticket)
  const done = await once({ ...c.var, path: c.req.path }, ['body', 'then'], async () => {
    const message = await replyTo(db, viewer, ticket, { body: input.body, files: input.files, solved })
    return `${paths.ticket(ticket.id)}#m-${message}`
  })
  if (done === 'conflict') return problem(c, 409)
  flash(c, 'tickets.reply.done')
  return c.redirect(done.location, 303)
})

writes.post(`/${ID}/closure`, needs('tickets:close'), async (c) => {
  const ticket = await lockTicket(c.var.db, c.req.param('id'))
  if (!ticket) return notFound(c)
  if (canClose(c.var.viewer, ticket)) await closeTicket(c.var.db, c.var.viewer, ticket)
  flash(c, 'tickets.close.done')
  return c.redirect(paths.ticket(ticket.id), 303)
})

writes.post(`/${ID}/reopening`, needs('tickets:close'), async (c) => {
  const ticket = await lockTicket(c.var.db, c.req.param('id'))
  if (!ticket) return notFound(c)
  if (canReopen(c.var.viewer, ticket)) await reopenTicket(c.var.db, c.var.viewer, ticket)
  flash(c, 'tickets.reopen.done')
  return c.redirect(paths.ticket(ticket.id), 303)
})

writes.post(`/${ID}/participants`, needs('tickets:reply'), async (c) => {
  const { db, viewer, form } = c.var
  const ticket = await lockTicket(db, c.req.param('id'))
  if (!ticket) return notFound(c)
  if (!canAddParticipant(viewer, ticket)) return forbidden(c)
  const colleague = (await colleagues(db)).find((row) => row.id === form.get('contact'))
  if (!colleague) return showTicket(c, ticket.id, { problems: { for: { key: 'tickets.people.nobody' } } })
  await addParticipant(db, viewer, ticket, colleague)
  flash(c, 'tickets.people.done')
  return c.redirect(paths.ticket(ticket.id), 303)
})

writes.post(`/${ID}/reading`, needs('tickets:view'), async (c) => {
  const ticket = await lockTicket(c.var.db, c.req.param('id'))
  if (!ticket) return notFound(c)
  await markRead(c.var.db, c.var.viewer, ticket.id)
  return c.req.header('sec-fetch-mode') === 'navigate'
    ? c.redirect(paths.ticket(ticket.id), 303)
    : c.body(null, 204)
})
