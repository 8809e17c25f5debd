import { Hono } from 'hono'
import { z } from 'zod'
import { recordAudit } from '#src/audit/record.ts'
import { paths } from '#src/paths.ts'
import { blankContact } from '#src/people/forms.ts'
import { type Invitee, invite } from '#src/people/invite.ts'
import { PreviewPage, UploadPage } from '#src/people/pages/upload.tsx'
import { about } from '#src/people/show.tsx'
import { MOST_ROWS, type RowProblem, readUpload, rowSchema, type UploadRow } from '#src/people/upload.ts'
import { planUpload, type Step } from '#src/people/upload-plan.ts'
import { addContact } from '#src/people/write.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'

const needs = staffNeeds('staff:users')

/** Inviting people from a CSV file: looked at first, done when that is confirmed, all rows or none. */
export const upload = new Hono<StaffEnv>()

const again = (c: StaffContext, problems: RowProblem[]) => render(c, <UploadPage problems={problems} />, 422)

upload.get('/', needs, (c) => render(c, <UploadPage problems={[]} />))

upload.post('/', needs, async (c) => {
  const read = await readUpload(c.var.form.files[0])
  if ('problem' in read) return again(c, [read.problem])
  const plan = await planUpload(c.var.db, read.rows)
  if (plan.problems.length > 0) return again(c, plan.problems)
  return render(c, <PreviewPage steps={plan.steps} rows={read.rows} />)
})

const rowsSchema = z.array(rowSchema).min(1).max(MOST_ROWS)

/** What the preview's form brought back; it is looked at as if it had never been. */
const confirmedRows = (text: string): UploadRow[] | undefined => {
  try {
    return rowsSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const invitee = async (c: StaffContext, step: Step): Promise<Invitee> => {
  const { db, staff } = c.var
  const { person, name, email, company, role } = step
  const given = { name, company_id: company.id, roleId: role.id, role: role.name }
  if (person) return { id: person.id, ...given }
  const id = await addContact(db, company.id, { ...blankContact, name, email })
  const entry = {
    ...about(c, { id, company_id: company.id }),
    action: 'contact.added',
    data: { name, email },
  }
  await recordAudit(db, staff, entry)
  return { id, ...given }
}

upload.post('/confirmation', needs, async (c) => {
  const { db, staff, form, view, address } = c.var
  const rows = confirmedRows(form.get('rows'))
  if (!rows) return again(c, [{ key: 'people.upload.none' }])
  const plan = await planUpload(db, rows)
  if (plan.problems.length > 0) return again(c, plan.problems)
  const people: Invitee[] = []
  for (const step of plan.steps) if (step.does !== 'nothing') people.push(await invitee(c, step))
  const orphaned = await invite(db, staff, people, address)
  if (orphaned.length > 0)
    return again(c, [{ key: 'people.lastAdmin', values: { companies: view.format.list(orphaned) } }])
  flash(c, 'people.bulk.done')
  return c.redirect(paths.staff.users(), 303)
})
