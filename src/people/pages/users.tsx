import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { PeopleFilters } from '#src/people/pages/filters.tsx'
import { PersonTableRow } from '#src/people/pages/rows.tsx'
import type { PeopleFilter, PeopleList } from '#src/people/queries.ts'
import type { Role } from '#src/roles/queries.ts'
import { mayChange } from '#src/viewer.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { SelectField } from '#src/web/ui/choice.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState, Notice } from '#src/web/ui/feedback.tsx'
import { PageHead, Pager } from '#src/web/ui/page.tsx'
import { Table } from '#src/web/ui/table.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = {
  filter: PeopleFilter
  people: PeopleList
  roles: Role[]
  /** Why the last invitations were not sent. */
  problem?: string | undefined
}

const FORM = 'invite'

/** What is done with the rows whose boxes are checked. */
const Chosen: FC<{ roles: Role[] }> = ({ roles }) => {
  const { t } = useStaffView()
  return (
    <form
      id={FORM}
      method="post"
      action={paths.staff.userInvitations()}
      class="mt-4 flex flex-wrap items-end gap-3"
    >
      <Csrf />
      <SelectField
        id="role"
        class="max-w-60"
        label={t('people.bulk.role')}
        options={[
          { value: '', label: t('people.bulk.default') },
          ...roles.map((role) => ({ value: role.id, label: role.name })),
        ]}
      />
      <Button icon="send">{t('people.bulk.invite')}</Button>
    </form>
  )
}

export const UsersPage: FC<Props> = ({ filter, people, roles, problem }) => {
  const { t, staff } = useStaffView()
  const change = mayChange(staff, 'staff:users')
  const link = (change: Record<string, string | undefined>) =>
    paths.staff.users({ q: filter.q, state: filter.state, company: filter.company, ...change })
  const filtered = Boolean(filter.q || filter.state || filter.company)
  return (
    <StaffPage title={t('staff.users')} at="users">
      {problem && <Notice class="mb-4" tone="danger" icon="circle-alert" title={problem} />}
      <PageHead title={t('staff.users')}>
        {change && (
          <LinkButton href={paths.staff.userUpload()} variant="outline" icon="file-spreadsheet">
            {t('people.upload')}
          </LinkButton>
        )}
      </PageHead>
      <PeopleFilters action={paths.staff.users()} filter={filter} />
      {people.rows.length === 0 ? (
        <Card>
          <EmptyState
            icon="users"
            title={t(filtered ? 'people.none.title' : 'people.empty.title')}
            text={t(filtered ? 'people.none.text' : 'people.empty.text')}
          />
        </Card>
      ) : (
        <>
          <section class="card overflow-clip">
            <Table
              caption={t('people.caption')}
              columns={[
                { label: t('people.column.name') },
                { label: t('people.column.access') },
                { label: t('people.column.role') },
                { label: t('people.column.since'), end: true },
              ]}
            >
              {people.rows.map((person) => (
                <PersonTableRow person={person} company form={change ? FORM : undefined} />
              ))}
            </Table>
          </section>
          {change && <Chosen roles={roles} />}
        </>
      )}
      <Pager
        label={t('people.pages')}
        back={people.back ? { href: link({ before: people.back }), label: t('companies.back') } : undefined}
        on={people.on ? { href: link({ after: people.on }), label: t('companies.on') } : undefined}
      />
    </StaffPage>
  )
}
