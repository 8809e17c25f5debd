import { Hono } from 'hono'
import { recordAudit } from '#src/audit/record.ts'
import { paths } from '#src/paths.ts'
import { PERMISSIONS, permissionsOf } from '#src/permissions.ts'
import { type RoleInput, roleNameProblem, typedRole } from '#src/roles/forms.ts'
import { RolesPage } from '#src/roles/pages/matrix.tsx'
import { RolePage } from '#src/roles/pages/role.tsx'
import { findRole, listRoles, type Role } from '#src/roles/queries.ts'
import { addRole, changeRole, makeDefault, removeRole, type Uses, usesOf } from '#src/roles/write.ts'
import { ID } from '#src/tickets/route-id.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { forbidden, notFound } from '#src/web/errors.tsx'
import { flash, render } from '#src/web/render.tsx'
import { staffNeeds } from '#src/web/staff-scope.ts'
import { fresh } from '#src/web/step-up.tsx'
import type { View } from '#src/web/view.ts'

const needs = staffNeeds('staff:roles')

/** What the roles of the portal open. Presets are fixed; a tenant makes its own beside them. */
export const roles = new Hono<StaffEnv>()

const inputOf = (role: Role): RoleInput => {
  const held = permissionsOf(role)
  const { name, assignable } = role
  return { name, assignable, permissions: PERMISSIONS.filter((permission) => held.has(permission)) }
}

const record = (
  c: StaffContext,
  action: string,
  id: string,
  data: { before?: RoleInput; after?: RoleInput },
) => recordAudit(c.var.db, c.var.staff, { action, object: { kind: 'role', id }, data, ip: c.var.address })

roles.get('/', needs, async (c) => render(c, <RolesPage roles={await listRoles(c.var.db)} />))

roles.get('/new', needs, (c) =>
  render(c, <RolePage input={{ name: '', permissions: [], assignable: false }} />),
)

roles.post('/', needs, fresh, async (c) => {
  const { db, form } = c.var
  const input = typedRole(form)
  const problem = await roleNameProblem(db, input.name)
  if (problem)
    return render(c, <RolePage input={{ ...input, name: form.get('name') }} problem={problem} />, 422)
  const id = await addRole(db, input)
  await record(c, 'role.added', id, { after: input })
  flash(c, 'roles.new.done')
  return c.redirect(paths.staff.roles(), 303)
})

roles.get(`/${ID}`, needs, async (c) => {
  const role = await findRole(c.var.db, c.req.param('id'))
  return role ? render(c, <RolePage role={role} input={inputOf(role)} />) : notFound(c)
})

roles.post(`/${ID}`, needs, fresh, async (c) => {
  const { db, form, view } = c.var
  const role = await findRole(db, c.req.param('id'))
  if (!role) return notFound(c)
  const before = inputOf(role)
  const typed = typedRole(form)
  const input = role.preset ? { ...before, assignable: typed.assignable } : typed
  const problem = role.preset ? undefined : await roleNameProblem(db, input.name, role.id)
  if (problem)
    return render(
      c,
      <RolePage role={role} input={{ ...input, name: form.get('name') }} problem={problem} />,
      422,
    )
  const orphaned = await changeRole(db, role, input)
  if (orphaned.length > 0) {
    const refusal = view.t('people.lastAdmin', { companies: view.format.list(orphaned) })
    return render(c, <RolePage role={role} input={input} refusal={refusal} />, 422)
  }
  await record(c, 'role.changed', role.id, { before, after: input })
  flash(c, 'roles.edit.done')
  return c.redirect(paths.staff.roles(), 303)
})

/** Who stands in the way of a role's end, in a sentence. */
const inUse = ({ t, format }: View, { people, count, companies }: Uses): string | undefined => {
  const names = people.map(({ name, company }) => t('roles.inUse.person', { name, company }))
  if (names.length > 0)
    return t('roles.inUse', { count, more: count - names.length, people: format.list(names) })
  return companies.length > 0 ? t('roles.inUse.companies', { companies: format.list(companies) }) : undefined
}

roles.post(`/${ID}/deletion`, needs, fresh, async (c) => {
  const { db, view } = c.var
  const role = await findRole(db, c.req.param('id'))
  if (!role) return notFound(c)
  if (role.preset) return forbidden(c)
  const refusal = role.by_default ? view.t('roles.isDefault') : inUse(view, await usesOf(db, role.id))
  if (refusal) return render(c, <RolePage role={role} input={inputOf(role)} refusal={refusal} />, 422)
  await removeRole(db, role)
  await record(c, 'role.removed', role.id, { before: inputOf(role) })
  flash(c, 'roles.delete.done')
  return c.redirect(paths.staff.roles(), 303)
})

roles.post(`/${ID}/default`, needs, fresh, async (c) => {
  const role = await findRole(c.var.db, c.req.param('id'))
  if (!role) return notFound(c)
  await makeDefault(c.var.db, role)
  await record(c, 'role.made-default', role.id, { after: inputOf(role) })
  flash(c, 'roles.default.done')
  return c.redirect(paths.staff.roles(), 303)
})
