import type { FC } from 'hono/jsx'
import type { CompanyFilter, CompanyRow, countCompanies, listCompanies } from '#src/companies/queries.ts'
import { paths } from '#src/paths.ts'
import { mayChange } from '#src/viewer.ts'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { PageHead, Pager, Tabs } from '#src/web/ui/page.tsx'
import { SearchBox } from '#src/web/ui/search-box.tsx'
import { Cell, Row, Table } from '#src/web/ui/table.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = {
  filter: CompanyFilter
  list: Awaited<ReturnType<typeof listCompanies>>
  counts: Awaited<ReturnType<typeof countCompanies>>
}

const CompanyLine: FC<{ company: CompanyRow }> = ({ company }) => {
  const { t } = useStaffView()
  const said = (kind: 'contacts' | 'users' | 'tickets', count: number | null) =>
    t(`companies.count.${kind}`, { count: Number(count ?? 0) })
  return (
    <Row>
      <Cell phone="full" class="main">
        <a class="cover block truncate font-medium" href={paths.staff.company(company.id)} dir="auto">
          {company.name}
        </a>
      </Cell>
      <Cell class="num" phone="hide">
        {said('contacts', company.contacts)}
      </Cell>
      <Cell class="num">{said('users', company.users)}</Cell>
      <Cell class="num end" phone="end">
        {said('tickets', company.tickets)}
      </Cell>
    </Row>
  )
}

export const CompaniesPage: FC<Props> = ({ filter, list, counts }) => {
  const { t, staff } = useStaffView()
  const link = (change: Record<string, string | undefined>) =>
    paths.staff.companies({ q: filter.q, show: filter.show, ...change })
  const change = mayChange(staff, 'staff:companies')
  const add = change && (
    <LinkButton href={paths.staff.newCompany()} icon="plus">
      {t('companies.new')}
    </LinkButton>
  )
  return (
    <StaffPage title={t('staff.companies')} at="companies">
      <PageHead title={t('staff.companies')}>{add}</PageHead>
      <Tabs
        label={t('companies.tabs')}
        items={[
          {
            href: link({ show: undefined }),
            label: t('companies.tab.active'),
            count: counts.active,
            current: !filter.show,
          },
          {
            href: link({ show: 'archived' }),
            label: t('companies.tab.archived'),
            count: counts.archived,
            current: Boolean(filter.show),
          },
        ]}
      />
      <auto-filter>
        <form method="get" action={paths.staff.companies()} class="filters">
          {filter.show && <input type="hidden" name="show" value={filter.show} />}
          <SearchBox value={filter.q} label={t('companies.search')} />
          <div>
            <Button class="apply" variant="outline">
              {t('form.apply')}
            </Button>
          </div>
        </form>
      </auto-filter>
      {list.rows.length === 0 ? (
        <Card>
          <EmptyState
            icon="building-2"
            title={t(filter.q ? 'companies.none.title' : 'companies.empty.title')}
            text={t(filter.q ? 'companies.none.text' : 'companies.empty.text')}
          >
            {filter.q ? (
              <a class="link" href={link({ q: undefined })}>
                {t('companies.none.all')}
              </a>
            ) : (
              add
            )}
          </EmptyState>
        </Card>
      ) : (
        <section class="card overflow-clip">
          <Table
            caption={t('companies.caption')}
            columns={[
              { label: t('companies.column.name') },
              { label: t('companies.column.contacts') },
              { label: t('companies.column.users') },
              { label: t('companies.column.tickets'), end: true },
            ]}
          >
            {list.rows.map((company) => (
              <CompanyLine company={company} />
            ))}
          </Table>
        </section>
      )}
      <Pager
        label={t('companies.pages')}
        back={list.back ? { href: link({ before: list.back }), label: t('companies.back') } : undefined}
        on={list.on ? { href: link({ after: list.on }), label: t('companies.on') } : undefined}
      />
    </StaffPage>
  )
}
