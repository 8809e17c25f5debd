import type { FC } from 'hono/jsx'
import { type AuditFilter, filterParams } from '#src/audit/filter.ts'
import { AuditFilters } from '#src/audit/pages/filters.tsx'
import type { AuditChoices, AuditRow, listAudit } from '#src/audit/queries.ts'
import { actionWords, kindWords } from '#src/audit/words.ts'
import { paths } from '#src/paths.ts'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { LinkButton } from '#src/web/ui/button.tsx'
import { Card, Time } from '#src/web/ui/content.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { PageHead, Pager } from '#src/web/ui/page.tsx'
import { Cell, Row, Table } from '#src/web/ui/table.tsx'
import { useStaffView, type View } from '#src/web/view.ts'

type Props = {
  filter: AuditFilter
  list: Awaited<ReturnType<typeof listAudit>>
  choices: AuditChoices
  names: Map<string, string>
}

export const actorWords = ({ t }: View, row: AuditRow) => {
  const name = row.actor_name || t(`audit.actor.${row.actor_kind}`)
  return row.on_behalf_name ? t('audit.onBehalf', { name, contact: row.on_behalf_name }) : name
}

export const objectWords = ({ t }: View, row: AuditRow, names: Map<string, string>) => {
  if (!row.object_kind) return undefined
  const name = row.object_id && names.get(row.object_id)
  return name || kindWords(t, row.object_kind)
}

const Line: FC<{ row: AuditRow; names: Map<string, string> }> = ({ row, names }) => {
  const view = useStaffView()
  const { t, format } = view
  const about = objectWords(view, row, names)
  return (
    <Row>
      <Cell phone="full" class="main">
        <a class="cover block truncate font-medium" href={paths.staff.auditEvent(row.id)}>
          {actionWords(t, row.action)}
        </a>
        <span class="row-meta block truncate" dir="auto">
          {[...new Set([about, row.company])].filter(Boolean).join(' · ')}
        </span>
      </Cell>
      <Cell>
        <span class="whitespace-nowrap" dir="auto">
          {actorWords(view, row)}
        </span>
        {row.sequence === null && <span class="row-meta block whitespace-nowrap">{t('audit.unsealed')}</span>}
      </Cell>
      <Cell class="num" phone="hide">
        {row.ip ?? ''}
      </Cell>
      <Cell class="end" phone="end">
        <Time
          class="when"
          at={row.at.toISOString()}
          text={format.moment(row.at)}
          full={format.exact(row.at)}
        />
      </Cell>
    </Row>
  )
}

export const AuditPage: FC<Props> = ({ filter, list, choices, names }) => {
  const { t } = useStaffView()
  const link = (change: Record<string, string | undefined>) => paths.staff.audit(filterParams(filter, change))
  const file = (format: string) => paths.staff.auditExport({ ...filterParams(filter), format })
  const filtered = Object.values(filterParams(filter)).some(Boolean)
  return (
    <StaffPage title={t('audit.title')} at="audit">
      <PageHead title={t('audit.title')} sub={t('audit.lede')}>
        <LinkButton href={file('csv')} variant="outline" icon="download" download>
          {t('audit.export.csv')}
        </LinkButton>
        <LinkButton href={file('jsonl')} variant="outline" icon="download" download>
          {t('audit.export.jsonl')}
        </LinkButton>
      </PageHead>
      <AuditFilters filter={filter} choices={choices} />
      {list.rows.length === 0 ? (
        <Card>
          <EmptyState
            icon={filtered ? 'search' : 'history'}
            title={t(filtered ? 'audit.none.title' : 'audit.empty.title')}
            text={t(filtered ? 'audit.none.text' : 'audit.empty.text')}
          >
            {filtered && (
              <LinkButton variant="outline" href={paths.staff.audit()}>
                {t('audit.filter.clear')}
              </LinkButton>
            )}
          </EmptyState>
        </Card>
      ) : (
        <section class="card overflow-clip">
          <Table
            caption={t('audit.caption')}
            columns={[
              { label: t('audit.column.what') },
              { label: t('audit.column.who') },
              { label: t('audit.column.from') },
              { label: t('audit.column.when'), end: true },
            ]}
          >
            {list.rows.map((row) => (
              <Line row={row} names={names} />
            ))}
          </Table>
        </section>
      )}
      <Pager
        label={t('audit.pages')}
        back={list.newer ? { href: link({ before: list.newer }), label: t('audit.newer') } : undefined}
        on={list.older ? { href: link({ after: list.older }), label: t('audit.older') } : undefined}
      />
    </StaffPage>
  )
}
