import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Person } from '#src/people/queries.ts'
import { defaultAmong, type Role } from '#src/roles/queries.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { SelectField } from '#src/web/ui/choice.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState, Notice } from '#src/web/ui/feedback.tsx'
import { Crumbs } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = {
  company: { id: string; name: string }
  /** Who would get an invitation. */
  invited: Person[]
  roles: Role[]
  noEmail: number
  problem?: string | undefined
}

/** Who of a company would be invited; nothing has been sent yet. */
export const InviteCompanyPage: FC<Props> = ({ company, invited, roles, noEmail, problem }) => {
  const { t } = useStaffView()
  const back = { href: paths.staff.company(company.id), label: company.name }
  const companies = { href: paths.staff.companies(), label: t('staff.companies') }
  return (
    <StaffPage title={t('companies.invite')} at="companies" narrow back={back}>
      <Crumbs label={t('nav.breadcrumb')} items={[companies, back, { label: t('companies.invite') }]} />
      <h1 class="mb-2">{t('people.company.title', { company: company.name })}</h1>
      {problem && <Notice class="mb-4" tone="danger" icon="circle-alert" title={problem} />}
      <p class="mb-5 text-muted-foreground">{t('people.company.text', { noEmail })}</p>
      {invited.length === 0 ? (
        <Card>
          <EmptyState icon="users" title={t('people.company.nobody')}>
            <LinkButton href={back.href} variant="outline">
              {t('error.back')}
            </LinkButton>
          </EmptyState>
        </Card>
      ) : (
        <form method="post" action={paths.staff.companyInvitations(company.id)} class="grid gap-5">
          <Csrf />
          <Card>
            <ul class="rows">
              {invited.map((person) => (
                <li class="row">
                  <span class="min-w-0">
                    <span class="block font-medium" dir="auto">
                      {person.name}
                    </span>
                    <span class="row-meta">{person.email}</span>
                  </span>
                </li>
              ))}
            </ul>
          </Card>
          <SelectField
            id="role"
            label={t('people.field.role')}
            value={defaultAmong(roles)?.id}
            options={roles.map((role) => ({ value: role.id, label: role.name }))}
          />
          <div class="flex gap-3">
            <Button icon="send">{t('people.inviteCount', { count: invited.length })}</Button>
            <LinkButton href={back.href} variant="ghost">
              {t('form.cancel')}
            </LinkButton>
          </div>
        </form>
      )}
    </StaffPage>
  )
}
