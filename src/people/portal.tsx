import { Hono } from 'hono'
import { recordAudit } from '#src/audit/record.ts'
import { paths } from '#src/paths.ts'
import { colleagueProblems, typedColleague } from '#src/people/colleague-form.ts'
import {
  type Colleague,
  canBeInvited,
  colleagueFilter,
  findColleague,
  holderOf,
  listColleagues,
  lockColleague,
} from '#src/people/colleagues.ts'
import { inviteAgain, inviteColleague } from '#src/people/invite-colleague.ts'
import { ColleaguePage } from '#src/people/pages/colleague.tsx'
import { ColleaguesPage } from '#src/people/pages/colleagues.tsx'
import { InvitePage } from '#src/people/pages/invite-colleague.tsx'
import { canGive, canManage } from '#src/people/policy.ts'
import { disablePerson, giveRole } from '#src/people/write.ts'
import { rolesFor } from '#src/roles/queries.ts'
import { ID } from '#src/tickets/route-id.ts'
import type { PortalContext, PortalEnv } from '#src/web/context.ts'
import { forbidden, notFound, problem } from '#src/web/errors.tsx'
import { once } from '#src/web/once.ts'
import { overRate } from '#src/web/rate.ts'
import { flash, render } from '#src/web/render.tsx'
import { needs } from '#src/web/scope.ts'

/** Invitations that one person may send in a day: more is a job for the MSP's staff. */
const INVITATIONS = { name: 'invitation', most: 30, minutes: 24 * 60 }

/** The roles that this viewer may give to somebody at her company. */
const given = async (c: PortalContext) =>
  (await rolesFor(c.var.db, c.var.viewer.companyId)).filter((role) => canGive(c.var.viewer, role))

export const colleagues = new Hono<PortalEnv>()

colleagues.get('/', needs('people:view'), async (c) => {
  const filter = colleagueFilter(c.req.query())
  return render(c, <ColleaguesPage filter={filter} list={await listColleagues(c.var.db, filter)} />)
})

colleagues.get('/new', needs('people:manage'), async (c) =>
  render(c, <InvitePage roles={await given(c)} problems={{}} />),
)

colleagues.post('/', needs('people:manage'), async (c) => {
  const { db, viewer, form, address } = c.var
  const input = typedColleague(form)
  const roles = await given(c)
  const role = roles.find(({ id }) => id === input.role)
  const problems = colleagueProblems(input, role !== undefined)
  const holder = problems.email ? undefined : await holderOf(db, input.email)
  if (holder) problems.email = { key: 'access.invite.taken', values: { name: holder.name } }
  const again = () => render(c, <InvitePage roles={roles} input={input} problems={problems} />, 422)
  if (!role || Object.keys(problems).length > 0) return again()
  if (await overRate(INVITATIONS, viewer.contactId)) {
    problems.email = { key: 'access.invite.tooMany', values: { tenant: c.var.view.tenant?.name ?? '' } }
    return again()
  }
  const done = await once({ ...c.var, path: c.req.path }, ['name', 'email', 'jobTitle', 'role'], async () => {
    const id = await inviteColleague(db, viewer, { ...input, role }, address)
    return id ? paths.colleague(id) : ''
  })
  if (done === 'conflict' || done.location === '') return problem(c, 409)
  flash(c, 'access.invite.done')
  return c.redirect(done.location, 303)
})

const show = async (c: PortalContext, person: Colleague, refused?: 'badRole' | 'lastAdmin') => {
  const roles = canManage(c.var.viewer, person) ? await given(c) : undefined
  return render(c, <ColleaguePage person={person} roles={roles} refused={refused} />, refused ? 422 : 200)
}

// also where a form of it came back with an error, opened again
for (const form of ['', '/role', '/invitation', '/disabling'])
  colleagues.get(`/${ID}${form}`, needs('people:view'), async (c) => {
    const person = await findColleague(c.var.db, c.req.param('id') ?? '')
    return person ? show(c, person) : notFound(c)
  })

colleagues.post(`/${ID}/role`, needs('people:manage'), async (c) => {
  const { db, viewer, form, address } = c.var
  const person = await lockColleague(db, viewer, c.req.param('id'))
  if (person === undefined) return notFound(c)
  if (!person || !canManage(viewer, person)) return forbidden(c)
  const role = (await given(c)).find(({ id }) => id === form.get('role'))
  if (!role || !person.held) return show(c, person, 'badRole')
  if ((await giveRole(db, person, role.id)).length > 0) return show(c, person, 'lastAdmin')
  await recordAudit(db, viewer, {
    action: 'contact.role-changed',
    object: { kind: 'contact', id: person.id },
    data: { before: { role: person.role }, after: { role: role.name } },
    ip: address,
  })
  flash(c, 'access.person.role.done')
  return c.redirect(paths.colleague(person.id), 303)
})

colleagues.post(`/${ID}/invitation`, needs('people:manage'), async (c) => {
  const { db, viewer, form, address } = c.var
  const person = await lockColleague(db, viewer, c.req.param('id'))
  if (person === undefined) return notFound(c)
  if (!person || !canManage(viewer, person)) return forbidden(c)
  const role = person.held
    ? { id: person.role_id ?? '', name: person.role ?? '' }
    : (await given(c)).find(({ id }) => id === form.get('role'))
  if (!role || !canBeInvited(person)) return show(c, person, 'badRole')
  const minutes = await overRate(INVITATIONS, viewer.contactId)
  if (minutes) return problem(c, 429, { minutes })
  await inviteAgain(db, viewer, person, role, address)
  flash(c, 'access.invite.done')
  return c.redirect(paths.colleague(person.id), 303)
})

colleagues.post(`/${ID}/disabling`, needs('people:manage'), async (c) => {
  const { db, viewer, address } = c.var
  const person = await lockColleague(db, viewer, c.req.param('id'))
  if (person === undefined) return notFound(c)
  if (!person || !canManage(viewer, person)) return forbidden(c)
  if ((await disablePerson(db, person)).length > 0) return show(c, person, 'lastAdmin')
  if (!person.disabled_at)
    await recordAudit(db, viewer, {
      action: 'contact.disabled',
      object: { kind: 'contact', id: person.id },
      ip: address,
    })
  flash(c, 'access.person.disable.done')
  return c.redirect(paths.colleague(person.id), 303)
})
