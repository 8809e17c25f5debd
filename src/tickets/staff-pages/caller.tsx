import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Callers } from '#src/tickets/desk-create.ts'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

type CallerProps = { q: string; found: Callers | undefined }

const Rows: FC<{ title: string; rows: { href: string; name: string; more?: string }[] }> = ({
  title,
  rows,
}) =>
  rows.length === 0 ? null : (
    <Card title={title}>
      <ul class="rows">
        {rows.map((row) => (
          <li>
            <div class="row">
              <p class="title">
                <a class="cover font-medium" href={row.href} dir="auto">
                  {row.name}
                </a>
              </p>
              {row.more && <span class="row-meta clip">{row.more}</span>}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )

const Found: FC<{ found: Callers }> = ({ found }) => {
  const { t } = useStaffView()
  const { companies, people } = found
  if (companies.length + people.length === 0)
    return (
      <Card>
        <EmptyState icon="search" title={t('desk.new.nothing')} text={t('desk.new.nothingText')} />
      </Card>
    )
  return (
    <div class="grid gap-4">
      <Rows
        title={t('desk.new.people')}
        rows={people.map((who) => ({
          href: paths.staff.newTicket({ company: who.company_id, contact: who.id }),
          name: who.name,
          more: [who.company, who.email].filter(Boolean).join(' · '),
        }))}
      />
      <Rows
        title={t('desk.new.companies')}
        rows={companies.map(({ id, name }) => ({ href: paths.staff.newTicket({ company: id }), name }))}
      />
    </div>
  )
}

/** First step: who is calling. */
export const CallerPage: FC<CallerProps> = ({ q, found }) => {
  const { t } = useStaffView()
  return (
    <StaffPage
      title={t('desk.new')}
      at="tickets"
      back={{ href: paths.staff.tickets(), label: t('desk.queue') }}
      narrow
    >
      <PageHead
        crumbs={{
          label: t('nav.breadcrumb'),
          items: [{ href: paths.staff.tickets(), label: t('desk.queue') }, { label: t('desk.new') }],
        }}
        title={t('desk.new.who')}
      />
      <form method="get" action={paths.staff.newTicket()} class="mb-5 flex gap-2">
        <div class="with-icon min-w-0 flex-1">
          <Icon name="search" />
          <input
            class="input"
            type="search"
            name="q"
            id="q"
            value={q}
            maxlength={200}
            aria-label={t('desk.new.search')}
            placeholder={t('desk.new.search')}
            autofocus
          />
        </div>
        <Button>{t('desk.new.find')}</Button>
      </form>
      {found ? <Found found={found} /> : <p class="text-sm text-muted-foreground">{t('desk.new.start')}</p>}
    </StaffPage>
  )
}
