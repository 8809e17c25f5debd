import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Role } from '#src/roles/queries.ts'
import { mayChange } from '#src/viewer.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { Crumbs } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = {
  company: { id: string; name: string }
  roles: Role[]
  /** Those it may hold; none is every one. */
  chosen: ReadonlySet<string>
  refusal?: string | undefined
}

/** Which roles the people of one company may hold. */
export const CompanyRolesPage: FC<Props> = ({ company, roles, chosen, refusal }) => {
  const { t, staff } = useStaffView()
  const companies = { href: paths.staff.companies(), label: t('staff.companies') }
  const back = { href: paths.staff.company(company.id), label: company.name }
  const change = mayChange(staff, 'staff:roles')
  return (
    <StaffPage title={t('companies.roles')} at="companies" narrow back={back}>
      <Crumbs label={t('nav.breadcrumb')} items={[companies, back, { label: t('companies.roles') }]} />
      <h1 class="mb-2">{t('companies.roles')}</h1>
      {refusal && <Notice class="mb-4" tone="danger" icon="circle-alert" title={refusal} />}
      <p class="mb-5 text-muted-foreground">{t('roles.narrow.text', { company: company.name })}</p>
      <form method="post" action={paths.staff.companyRoles(company.id)} class="grid gap-5">
        <Csrf />
        <fieldset class="grid gap-3">
          <legend class="label mb-2">{t('roles.narrow.legend')}</legend>
          {roles.map((role) => (
            <label class="check">
              <input
                class="input"
                type="checkbox"
                name="role"
                value={role.id}
                checked={chosen.size === 0 || chosen.has(role.id)}
                disabled={!change}
              />
              <span class="font-medium" dir="auto">
                {role.name}
              </span>
            </label>
          ))}
        </fieldset>
        {change && (
          <div class="flex gap-3">
            <Button>{t('form.save')}</Button>
            <LinkButton href={back.href} variant="ghost">
              {t('form.cancel')}
            </LinkButton>
          </div>
        )}
      </form>
    </StaffPage>
  )
}
