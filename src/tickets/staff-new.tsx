import { Hono } from 'hono'
import { z } from 'zod'
import { paths } from '#src/paths.ts'
import { createForCaller, findCallers, findCompany } from '#src/tickets/desk-create.ts'
import { contactsOf } from '#src/tickets/desk-find.ts'
import type { DeskProblems } from '#src/tickets/desk-forms.ts'
import { mayWrite } from '#src/tickets/desk-policy.ts'
import { categoriesOf, colleaguesOf } from '#src/tickets/desk-queries.ts'
import { PRIORITIES } from '#src/tickets/filter.ts'
import { empty, hasProblems, ticketProblems, typed } from '#src/tickets/forms.ts'
import { CallerPage } from '#src/tickets/staff-pages/caller.tsx'
import { NewForCallerPage } from '#src/tickets/staff-pages/new.tsx'
import { uploads } from '#src/tickets/uploads.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { forbidden, notFound, problem } from '#src/web/errors.tsx'
import { once } from '#src/web/once.ts'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

/** A ticket for somebody who called: first who, then what. */
export const staffNew = new Hono<StaffEnv>()

const choicesOf = async ({ var: { db } }: StaffContext, companyId: string) => {
  const [contacts, staff, categories] = await Promise.all([
    contactsOf(db, companyId),
    colleaguesOf(db),
    categoriesOf(db),
  ])
  return { contacts, staff, categories }
}

staffNew.get('/new', staffNeeds('staff:tickets'), async (c) => {
  const { db, staff } = c.var
  if (!mayWrite(staff)) return forbidden(c)
  const { q = '', company: id, contact = '' } = c.req.query()
  if (id) {
    const company = await findCompany(db, id)
    if (!company) return notFound(c)
    const choices = await choicesOf(c, company.id)
    const input = { ...empty, for: contact }
    return render(
      c,
      <NewForCallerPage {...{ company, ...choices, input }} assignee={staff.staffId} problems={{}} />,
    )
  }
  const term = q.trim().slice(0, 200)
  return render(c, <CallerPage q={term} found={term ? await findCallers(db, term) : undefined} />)
})

const priority = z.enum(PRIORITIES)

staffNew.post('/', staffNeeds('staff:tickets'), async (c) => {
  const { db, staff, form, view } = c.var
  const company = await findCompany(db, form.get('company'))
  if (!company) return notFound(c)
  const input = typed(form, await uploads(db, staff, form))
  const choices = await choicesOf(c, company.id)
  const limit = (view.tenant?.settings.attachmentMegabytes ?? 0) * 1_000_000
  const problems: DeskProblems = ticketProblems(form, input, limit, view)
  const category = choices.categories.find((row) => row.id === input.category)
  const assignee = form.get('assignee')
  if (input.category && !category) problems.category = { key: 'desk.badChoice' }
  if (assignee && !choices.staff.some((row) => row.id === assignee))
    problems.assignee = { key: 'desk.badChoice' }
  if (!choices.contacts.some((row) => row.id === input.for)) problems.for = { key: 'desk.badChoice' }
  if (hasProblems(problems))
    return render(c, <NewForCallerPage {...{ company, ...choices, input, assignee, problems }} />, 422)

  const done = await once(
    { db, viewer: staff, form, path: c.req.path },
    ['company', 'subject', 'body', 'priority', 'category', 'for', 'assignee'],
    async () => {
      const ticket = {
        subject: input.subject.trim(),
        body: input.body,
        priority: priority.parse(input.priority),
        category,
        requesterId: input.for,
        files: input.files,
        companyId: company.id,
        assigneeId: assignee || null,
      }
      return paths.staff.ticket(await createForCaller(db, staff, ticket))
    },
  )
  if (done === 'conflict') return problem(c, 409)
  flash(c, 'desk.new.done')
  return c.redirect(done.location, 303)
})
