import { Hono } from 'hono'
import { paths } from '#src/paths.ts'
import { changeTicket } from '#src/tickets/desk-change.ts'
import { contactsOf, lockDeskTicket } from '#src/tickets/desk-find.ts'
import { changesOf, nextOf } from '#src/tickets/desk-forms.ts'
import { putOn, takeOff } from '#src/tickets/desk-people.ts'
import { canPutOn, canTakeOff } from '#src/tickets/desk-policy.ts'
import { categoriesOf, colleaguesOf } from '#src/tickets/desk-queries.ts'
import { addNote, answerClient } from '#src/tickets/desk-reply.ts'
import { hasProblems, replyProblems, typed } from '#src/tickets/forms.ts'
import { ID } from '#src/tickets/route-id.ts'
import type { Mode } from '#src/tickets/staff-pages/write.tsx'
import { showDeskTicket } from '#src/tickets/staff-show.tsx'
import { uploads } from '#src/tickets/uploads.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { forbidden, notFound, problem } from '#src/web/errors.tsx'
import { once } from '#src/web/once.ts'
import { flash } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

/** What staff do with a ticket. Replies and notes have an address each: nothing in a form turns one into the other. */
export const staffWrites = new Hono<StaffEnv>()

const written = async (c: StaffContext, id: string, mode: Mode) => {
  const { db, staff, form, view } = c.var
  const ticket = await lockDeskTicket(db, id)
  if (!ticket) return notFound(c)
  const input = typed(form, await uploads(db, staff, form))
  const limit = (view.tenant?.settings.attachmentMegabytes ?? 0) * 1_000_000
  const problems = replyProblems(form, input, limit, view)
  if (hasProblems(problems)) return showDeskTicket(c, id, { mode, input, problems })
  const text = { body: input.body, files: input.files }
  const done = await once({ db, viewer: staff, form, path: c.req.path }, ['body', 'next'], async () => {
    const message =
      mode === 'note'
        ? await addNote(db, staff, ticket, text)
        : await answerClient(db, staff, ticket, { ...text, status: nextOf(form) })
    return `${paths.staff.ticket(id)}#m-${message}`
  })
  if (done === 'conflict') return problem(c, 409)
  flash(c, mode === 'note' ? 'desk.note.done' : 'desk.reply.done')
  return c.redirect(done.location, 303)
}

staffWrites.post(`/${ID}/replies`, staffNeeds('staff:tickets'), (c) => written(c, c.req.param('id'), 'reply'))
staffWrites.post(`/${ID}/notes`, staffNeeds('staff:tickets'), (c) => written(c, c.req.param('id'), 'note'))

staffWrites.post(`/${ID}/changes`, staffNeeds('staff:tickets'), async (c) => {
  const { db, staff, form } = c.var
  const ticket = await lockDeskTicket(db, c.req.param('id'))
  if (!ticket) return notFound(c)
  const [people, categories] = await Promise.all([colleaguesOf(db), categoriesOf(db)])
  const { changes, problems } = changesOf(form, { staff: people, categories })
  if (hasProblems(problems)) return showDeskTicket(c, ticket.id, { problems })
  await changeTicket(db, staff, ticket, changes)
  flash(c, 'desk.saved.done')
  return c.redirect(paths.staff.ticket(ticket.id), 303)
})

staffWrites.post(`/${ID}/participants`, staffNeeds('staff:tickets'), async (c) => {
  const { db, staff, form } = c.var
  const ticket = await lockDeskTicket(db, c.req.param('id'))
  if (!ticket) return notFound(c)
  if (!canPutOn(staff, ticket)) return forbidden(c)
  const who = (await contactsOf(db, ticket.company_id)).find((row) => row.id === form.get('contact'))
  if (!who) return showDeskTicket(c, ticket.id, { problems: { for: { key: 'desk.badChoice' } } })
  await putOn(db, staff, ticket, who)
  flash(c, 'desk.people.added.done')
  return c.redirect(paths.staff.ticket(ticket.id), 303)
})

staffWrites.post(`/${ID}/removals`, staffNeeds('staff:tickets'), async (c) => {
  const { db, staff, form } = c.var
  const ticket = await lockDeskTicket(db, c.req.param('id'))
  if (!ticket) return notFound(c)
  const id = form.get('contact')
  if (!canTakeOff(staff, ticket, id)) return forbidden(c)
  const who = (await contactsOf(db, ticket.company_id)).find((row) => row.id === id)
  await takeOff(db, staff, ticket, { id, name: who?.name ?? '' })
  flash(c, 'desk.people.removed.done')
  return c.redirect(paths.staff.ticket(ticket.id), 303)
})
