import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { shutOut } from '#src/people/explain.ts'
import { Access } from '#src/people/pages/access-card.tsx'
import type { Person } from '#src/people/queries.ts'
import type { Role } from '#src/roles/queries.ts'
import { can, mayChange } from '#src/viewer.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { LinkButton } from '#src/web/ui/button.tsx'
import { Card, DL } from '#src/web/ui/content.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { Menu, MenuAction, MenuLink } from '#src/web/ui/menu.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

export type ContactPageProps = {
  person: Person
  roles: Role[]
  /** Why the last change was not made. */
  problem?: string | undefined
}

const Details: FC<{ person: Person }> = ({ person }) => {
  const { t } = useStaffView()
  const given = (['email', 'title', 'phone', 'mobile'] as const).map((field): [string, string] => [
    t(`people.field.${field}`),
    person[field] ?? '–',
  ])
  return (
    <Card title={t('people.details')} id="details">
      <section>
        <DL items={given} />
      </section>
    </Card>
  )
}

const Actions: FC<{ person: Person }> = ({ person }) => {
  const { t, staff } = useStaffView()
  const edit = mayChange(staff, 'staff:companies')
  if (!edit) return null
  return (
    <>
      {can(staff, 'staff:impersonate') && person.role_id && !shutOut(person) && (
        <LinkButton href={paths.staff.preview(person.id)} variant="outline" icon="eye">
          {t('people.preview')}
        </LinkButton>
      )}
      <LinkButton href={paths.staff.contactEdit(person.id)} variant="outline" icon="pencil">
        {t('people.edit')}
      </LinkButton>
      <Menu trigger={<Icon name="ellipsis" />} label={t('people.more')} variant="outline" size="icon">
        {mayChange(staff, 'staff:users') && !person.archived_at && (
          <MenuLink href={paths.staff.contactLeaving(person.id)} label={t('people.leaving')} icon="log-out" />
        )}
        <MenuAction
          action={
            person.archived_at
              ? paths.staff.contactRestoring(person.id)
              : paths.staff.contactArchiving(person.id)
          }
          label={t(person.archived_at ? 'people.restore' : 'people.archive')}
          icon={person.archived_at ? 'rotate-ccw' : 'ban'}
          danger={!person.archived_at}
        >
          <Csrf />
        </MenuAction>
      </Menu>
    </>
  )
}

export const ContactPage: FC<ContactPageProps> = ({ person, roles, problem }) => {
  const { t } = useStaffView()
  const company = { href: paths.staff.company(person.company_id), label: person.company }
  return (
    <StaffPage title={person.name} at="companies" back={company}>
      {problem && <Notice class="mb-4" tone="danger" icon="circle-alert" title={problem} />}
      <PageHead
        title={<span dir="auto">{person.name}</span>}
        sub={
          person.archived_at ? (
            <Badge icon="ban">{t('people.archived')}</Badge>
          ) : (
            <a class="quiet-link" href={company.href}>
              {person.company}
            </a>
          )
        }
        crumbs={{
          label: t('nav.breadcrumb'),
          items: [
            { href: paths.staff.companies(), label: t('staff.companies') },
            company,
            { label: person.name },
          ],
        }}
      >
        <Actions person={person} />
      </PageHead>
      <div class="grid gap-5">
        <Details person={person} />
        <Access person={person} roles={roles} />
      </div>
    </StaffPage>
  )
}
