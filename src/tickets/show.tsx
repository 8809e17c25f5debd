import { parseFilter } from '#src/tickets/filter.ts'
import { attachmentsOf, colleagues, conversation, findTicket, history } from '#src/tickets/find.ts'
import { empty, hasProblems, type Problems, type Typed } from '#src/tickets/forms.ts'
import { DetailPage } from '#src/tickets/pages/detail.tsx'
import type { PortalContext } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { render } from '#src/web/render.tsx'

type Returned = { input?: Typed; problems: Problems }

/** The page of a ticket; with what a form brought back when it couldn't be used. */
export const showTicket = async (c: PortalContext, id: string, returned: Returned = { problems: {} }) => {
  const { db } = c.var
  const before = parseFilter({ before: c.req.query('before') ?? '' }).filter.before
  const [ticket, talk, events, files, people] = await Promise.all([
    findTicket(db, id),
    conversation(db, id, before),
    history(db, id),
    attachmentsOf(db, id),
    colleagues(db),
  ])
  if (!ticket) return notFound(c)
  const page = (
    <DetailPage
      ticket={ticket}
      talk={talk}
      past={before !== undefined}
      events={events}
      files={files}
      people={people}
      input={returned.input ?? empty}
      problems={returned.problems}
    />
  )
  return render(c, page, hasProblems(returned.problems) ? 422 : 200)
}
