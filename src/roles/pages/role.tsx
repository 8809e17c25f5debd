import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { permissionsOf } from '#src/permissions.ts'
import type { NameProblem, RoleInput } from '#src/roles/forms.ts'
import { PermissionChecks } from '#src/roles/pages/checks.tsx'
import { RoleEnd } from '#src/roles/pages/role-end.tsx'
import type { Role } from '#src/roles/queries.ts'
import { mayChange } from '#src/viewer.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { ErrorSummary, Notice } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { Crumbs } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = {
  /** A new one without. */
  role?: Role
  input: RoleInput
  problem?: NameProblem | undefined
  /** Why the last change was not made. */
  refusal?: string | undefined
}

const Fields: FC<Props> = ({ role, input, problem }) => {
  const { t, staff } = useStaffView()
  const fixed = Boolean(role?.preset)
  const change = mayChange(staff, 'staff:roles')
  const error = problem && t(problem.key, problem.values ?? {})
  return (
    <>
      {fixed ? (
        <p class="text-muted-foreground">{t('roles.fixed')}</p>
      ) : (
        <TextField
          id="name"
          label={t('roles.name')}
          value={input.name}
          error={error}
          required
          readonly={!change}
          maxlength={60}
        />
      )}
      <PermissionChecks
        held={role?.preset ? permissionsOf(role) : new Set(input.permissions)}
        fixed={fixed || !change}
      />
      <label class="check">
        <input
          class="input"
          type="checkbox"
          name="assignable"
          value="yes"
          checked={input.assignable}
          disabled={!change}
        />
        <span>
          <span class="font-medium">{t('roles.assignable')}</span>
          <span class="row-meta block">{t('roles.assignable.hint')}</span>
        </span>
      </label>
    </>
  )
}

/** A role: what it opens, whether a company's own admins may give it, and how it ends. */
export const RolePage: FC<Props> = (props) => {
  const { t, staff } = useStaffView()
  const { role, problem, refusal } = props
  const title = role?.name ?? t('roles.new')
  const back = { href: paths.staff.roles(), label: t('roles.title') }
  const error = problem && t(problem.key, problem.values ?? {})
  return (
    <StaffPage title={title} at="roles" narrow back={back}>
      <Crumbs label={t('nav.breadcrumb')} items={[back, { label: title }]} />
      <h1 class="mb-5" dir="auto">
        {title}
      </h1>
      {refusal && <Notice class="mb-4" tone="danger" icon="circle-alert" title={refusal} />}
      {error && (
        <ErrorSummary
          title={t('form.problems', { count: 1 })}
          errors={[
            { field: 'name', message: t('form.problemAt', { field: t('roles.name'), problem: error }) },
          ]}
        />
      )}
      <form method="post" action={role ? paths.staff.role(role.id) : paths.staff.roles()} class="grid gap-6">
        <Csrf />
        <Fields {...props} />
        {mayChange(staff, 'staff:roles') && (
          <div class="flex gap-3">
            <Button>{t(role ? 'form.save' : 'roles.new.save')}</Button>
            <LinkButton href={back.href} variant="ghost">
              {t('form.cancel')}
            </LinkButton>
          </div>
        )}
      </form>
      {role && <RoleEnd role={role} />}
    </StaffPage>
  )
}
