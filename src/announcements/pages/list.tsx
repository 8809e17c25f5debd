import type { FC } from 'hono/jsx'
import type { AnnouncementRow } from '#src/announcements/queries.ts'
import { paths } from '#src/paths.ts'
import { SettingsPage } from '#src/settings/pages/frame.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { useStaffView } from '#src/web/view.ts'

type Companies = { id: string; name: string }[]

const Line: FC<{ row: AnnouncementRow; companies: Companies }> = ({ row, companies }) => {
  const { t, format } = useStaffView()
  const names = companies.filter(({ id }) => row.limited_to?.includes(id)).map(({ name }) => name)
  const when = row.shown_until
    ? t('announcements.fromUntil', {
        from: format.moment(row.shown_from),
        until: format.moment(row.shown_until, true),
      })
    : t('announcements.from', { from: format.moment(row.shown_from) })
  return (
    <li>
      <div class="row flex-wrap">
        <div class="min-w-0 grow basis-60">
          <p class="row-title">
            <a class="cover" href={paths.staff.announcement(row.id)} dir="auto">
              {row.title}
            </a>{' '}
            <Badge tone={row.state === 'now' ? 'success' : 'neutral'}>
              {t(`announcements.${row.state}`)}
            </Badge>
          </p>
          <p class="row-meta">
            {t(`announcements.severity.${row.severity}`)} · {when} ·{' '}
            <span dir="auto">
              {row.limited_to
                ? format.list(names.slice(0, 8)) || t('announcements.nobody')
                : t('announcements.all')}
            </span>
          </p>
        </div>
        <form method="post" action={paths.staff.announcementRemoval(row.id)}>
          <Csrf />
          <Button variant="ghost" size="sm" icon="trash-2">
            {t('announcements.remove')}
            <span class="sr-only">: {row.title}</span>
          </Button>
        </form>
      </div>
    </li>
  )
}

export const AnnouncementsPage: FC<{ rows: AnnouncementRow[]; companies: Companies }> = ({
  rows,
  companies,
}) => {
  const { t } = useStaffView()
  const add = (
    <LinkButton href={paths.staff.newAnnouncement()} icon="megaphone">
      {t('announcements.new')}
    </LinkButton>
  )
  return (
    <SettingsPage tab="announcements">
      <Card>
        {rows.length === 0 ? (
          <EmptyState icon="megaphone" title={t('announcements.none')} text={t('announcements.noneText')}>
            {add}
          </EmptyState>
        ) : (
          <ul class="rows">
            {rows.map((row) => (
              <Line row={row} companies={companies} />
            ))}
          </ul>
        )}
      </Card>
      {rows.length > 0 && <div>{add}</div>}
    </SettingsPage>
  )
}
