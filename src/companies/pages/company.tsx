import type { FC } from 'hono/jsx'
import { Aside } from '#src/companies/pages/aside.tsx'
import type { Activity, Company, OpenTickets } from '#src/companies/queries.ts'
import { paths } from '#src/paths.ts'
import { PeopleFilters } from '#src/people/pages/filters.tsx'
import { PersonTableRow } from '#src/people/pages/rows.tsx'
import type { PeopleFilter, PeopleList } from '#src/people/queries.ts'
import { can, mayChange } from '#src/viewer.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { LinkButton } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { Menu, MenuAction, MenuLink } from '#src/web/ui/menu.tsx'
import { PageHead, Pager } from '#src/web/ui/page.tsx'
import { Table } from '#src/web/ui/table.tsx'
import { useStaffView } from '#src/web/view.ts'

export type CompanyPageProps = {
  company: Company
  filter: PeopleFilter
  people: PeopleList
  tickets: OpenTickets
  activity: Activity[]
}

const Actions: FC<{ company: Company }> = ({ company }) => {
  const { t, staff } = useStaffView()
  const edit = mayChange(staff, 'staff:companies')
  const { id, archived_at } = company
  return (
    <>
      {edit && !archived_at && (
        <LinkButton href={paths.staff.newContact(id)} icon="user-plus">
          {t('people.new')}
        </LinkButton>
      )}
      {(edit || can(staff, 'staff:roles')) && (
        <Menu trigger={<Icon name="ellipsis" />} label={t('companies.more')} variant="outline" size="icon">
          {mayChange(staff, 'staff:users') && !archived_at && (
            <MenuLink href={paths.staff.companyInvitations(id)} label={t('companies.invite')} icon="send" />
          )}
          {can(staff, 'staff:roles') && (
            <MenuLink href={paths.staff.companyRoles(id)} label={t('companies.roles')} icon="key-round" />
          )}
          {edit && <MenuLink href={paths.staff.companyEdit(id)} label={t('companies.edit')} icon="pencil" />}
          {edit && (
            <MenuAction
              action={archived_at ? paths.staff.companyRestoring(id) : paths.staff.companyArchiving(id)}
              label={t(archived_at ? 'companies.restore' : 'companies.archive')}
              icon={archived_at ? 'rotate-ccw' : 'ban'}
              danger={!archived_at}
            >
              <Csrf />
            </MenuAction>
          )}
        </Menu>
      )}
    </>
  )
}

export const CompanyPage: FC<CompanyPageProps> = ({ company, filter, people, tickets, activity }) => {
  const { t } = useStaffView()
  const kept = { q: filter.q, state: filter.state, show: filter.show }
  const link = (change: Record<string, string | undefined>) =>
    paths.staff.company(company.id, { ...kept, ...change })
  const filtered = Boolean(filter.q || filter.state || filter.show)
  const columns = ['name', 'access', 'role'] as const
  return (
    <StaffPage
      title={company.name}
      at="companies"
      back={{ href: paths.staff.companies(), label: t('staff.companies') }}
    >
      <PageHead
        title={<span dir="auto">{company.name}</span>}
        sub={company.archived_at && <Badge icon="ban">{t('companies.archived')}</Badge>}
        crumbs={{
          label: t('nav.breadcrumb'),
          items: [{ href: paths.staff.companies(), label: t('staff.companies') }, { label: company.name }],
        }}
      >
        <Actions company={company} />
      </PageHead>
      <div class="split">
        <div class="min-w-0">
          <PeopleFilters action={paths.staff.company(company.id)} filter={filter} archived />
          {people.rows.length === 0 ? (
            <Card>
              <EmptyState
                icon="users"
                title={t(filtered ? 'people.none.title' : 'people.empty.title')}
                text={t(filtered ? 'people.none.text' : 'people.empty.text')}
              />
            </Card>
          ) : (
            <section class="card overflow-clip">
              <Table
                caption={t('people.caption')}
                columns={[
                  ...columns.map((column) => ({ label: t(`people.column.${column}`) })),
                  { label: t('people.column.since'), end: true },
                ]}
              >
                {people.rows.map((person) => (
                  <PersonTableRow person={person} />
                ))}
              </Table>
            </section>
          )}
          <Pager
            label={t('people.pages')}
            back={
              people.back ? { href: link({ before: people.back }), label: t('companies.back') } : undefined
            }
            on={people.on ? { href: link({ after: people.on }), label: t('companies.on') } : undefined}
          />
        </div>
        <Aside company={company} tickets={tickets} activity={activity} />
      </div>
    </StaffPage>
  )
}
