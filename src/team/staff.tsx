import { Hono } from 'hono'
import type { MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { STAFF_ROLE_NAMES, type StaffRole } from '#src/permissions.ts'
import { addressProblem } from '#src/sign-in/address.ts'
import {
  type Actor,
  changeRole,
  disableMember,
  enableMember,
  inviteAgain,
  inviteMember,
  type Outcome,
} from '#src/team/changes.ts'
import { factorsOfMember, findMember, listTeam } from '#src/team/members.ts'
import { TeamPage } from '#src/team/pages/list.tsx'
import { MemberPage } from '#src/team/pages/member.tsx'
import { type MemberProblems, NewMemberPage, type TypedMember } from '#src/team/pages/new.tsx'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'
import { fresh } from '#src/web/step-up.tsx'

const ID = ':id{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}'
const allowed = staffNeeds('staff:settings')

/** The people of the MSP who may sign in, and what each may do. */
export const team = new Hono<StaffEnv>()

const roleOf = (name: string): StaffRole | undefined => STAFF_ROLE_NAMES.find((role) => role === name)

const actorOf = (c: StaffContext): Actor => ({ staff: c.var.staff, ip: c.var.address })

team.get('/', allowed, async (c) => {
  const search = (c.req.query('q') ?? '').slice(0, 100).trim()
  return render(c, <TeamPage members={await listTeam(c.var.db, search)} search={search} />)
})

team.get('/new', allowed, fresh, (c) =>
  render(c, <NewMemberPage typed={{ name: '', email: '', title: '', role: 'technician' }} problems={{}} />),
)

const problemsOf = (typed: TypedMember, t: (key: MessageKey) => string): MemberProblems => {
  const address = addressProblem(typed.email)
  return {
    ...((typed.name === '' || typed.name.length > 200) && { name: t('form.required') }),
    ...(address && { email: t(address) }),
    ...(typed.title.length > 200 && { title: t('error.422.title') }),
    ...(!roleOf(typed.role) && { role: t('team.problem.role') }),
  }
}

team.post('/', allowed, fresh, async (c) => {
  const { form, view } = c.var
  const field = (name: string) => form.get(name).trim()
  const typed = { name: field('name'), email: field('email'), title: field('title'), role: field('role') }
  const problems = problemsOf(typed, view.t)
  const role = roleOf(typed.role)
  if (!role || Object.keys(problems).length > 0)
    return render(c, <NewMemberPage typed={typed} problems={problems} />, 422)
  const invited = await inviteMember(actorOf(c), { ...typed, role })
  if (invited === 'taken')
    return render(c, <NewMemberPage typed={typed} problems={{ email: view.t('team.problem.taken') }} />, 422)
  flash(c, 'team.invited.done')
  return c.redirect(paths.staff.member(invited), 303)
})

const show = async (c: StaffContext, id: string, problem?: string) => {
  const member = await findMember(c.var.db, id)
  if (!member) return notFound(c)
  const factors = await factorsOfMember(c.var.staff.tenantId, id)
  return render(c, <MemberPage member={member} factors={factors} problem={problem} />, problem ? 422 : 200)
}

team.get(`/${ID}`, allowed, (c) => show(c, c.req.param('id')))

const answer = (c: StaffContext, id: string, outcome: Outcome, done: MessageKey) => {
  const { t } = c.var.view
  if (outcome === 'not-found') return notFound(c)
  if (outcome === 'last-administrator') return show(c, id, t('team.member.lastAdministrator'))
  if (outcome === 'no-address') return show(c, id, t('team.member.noAddress'))
  flash(c, done)
  return c.redirect(paths.staff.member(id), 303)
}

team.post(`/${ID}/role`, allowed, fresh, async (c) => {
  const id = c.req.param('id')
  const role = roleOf(c.var.form.get('role'))
  if (!role) return show(c, id, c.var.view.t('team.problem.role'))
  return answer(c, id, await changeRole(actorOf(c), id, role), 'team.member.roleChanged.done')
})

team.post(`/${ID}/disabling`, allowed, fresh, async (c) => {
  const id = c.req.param('id')
  return answer(c, id, await disableMember(actorOf(c), id), 'team.member.disabled.done')
})

team.post(`/${ID}/enabling`, allowed, fresh, async (c) => {
  const id = c.req.param('id')
  return answer(c, id, await enableMember(actorOf(c), id), 'team.member.enabled.done')
})

team.post(`/${ID}/invitation`, allowed, fresh, async (c) => {
  const id = c.req.param('id')
  return answer(c, id, await inviteAgain(actorOf(c), id), 'team.invited.done')
})
