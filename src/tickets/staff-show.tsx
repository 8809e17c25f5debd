import { contactsOf, findDeskTicket } from '#src/tickets/desk-find.ts'
import type { DeskProblems } from '#src/tickets/desk-forms.ts'
import { categoriesOf, colleaguesOf } from '#src/tickets/desk-queries.ts'
import { parseFilter } from '#src/tickets/filter.ts'
import { attachmentsOf, conversation, history } from '#src/tickets/find.ts'
import { empty, hasProblems, type Typed } from '#src/tickets/forms.ts'
import { DeskTicketPage } from '#src/tickets/staff-pages/ticket.tsx'
import type { Mode } from '#src/tickets/staff-pages/write.tsx'
import type { StaffContext } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { render } from '#src/web/render.tsx'

type Returned = { mode?: Mode; input?: Typed; problems: DeskProblems }

/** The page of a ticket; with what a form brought back when it couldn't be used. */
export const showDeskTicket = async (c: StaffContext, id: string, returned: Returned = { problems: {} }) => {
  const { db } = c.var
  const before = parseFilter({ before: c.req.query('before') ?? '' }).filter.before
  const ticket = await findDeskTicket(db, id)
  if (!ticket) return notFound(c)
  const [talk, events, files, contacts, staff, categories] = await Promise.all([
    conversation(db, id, before, true),
    history(db, id),
    attachmentsOf(db, id, true),
    contactsOf(db, ticket.company_id),
    colleaguesOf(db),
    categoriesOf(db),
  ])
  const mode = returned.mode ?? (c.req.query('write') === 'note' ? 'note' : 'reply')
  const page = (
    <DeskTicketPage
      {...{ ticket, talk, events, files, contacts, staff, categories, mode }}
      past={before !== undefined}
      input={returned.input ?? empty}
      problems={returned.problems}
    />
  )
  return render(c, page, hasProblems(returned.problems) ? 422 : 200)
}
