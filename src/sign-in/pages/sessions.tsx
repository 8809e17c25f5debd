import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { deviceName, deviceOf } from '#src/sign-in/device.ts'
import type { ListedSession } from '#src/sign-in/session-list.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Page } from '#src/web/layout.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { usePortalView } from '#src/web/view.ts'

const SessionLine: FC<{ session: ListedSession; current: boolean }> = ({ session, current }) => {
  const { t, format } = usePortalView()
  const device = deviceName(t, session.user_agent)
  const state = current
    ? t('sessions.here', { when: format.moment(session.created_at, true) })
    : t('sessions.lastUsed', { when: format.moment(session.last_seen_at, true) })
  return (
    <li>
      <div class="row">
        <Icon
          name={deviceOf(session.user_agent).phone ? 'smartphone' : 'monitor'}
          class="size-5 text-faint"
        />
        <p class="min-w-0 flex-1">
          <span class="font-medium">{device}</span>
          <span class="row-meta sep block">
            <span>{state}</span>
            {session.ip && <span class="num">{session.ip}</span>}
          </span>
        </p>
        {current ? (
          <Badge tone="success">{t('sessions.now')}</Badge>
        ) : (
          <form method="post" action={paths.sessionEnding(session.id)}>
            <Csrf />
            <Button variant="outline" size="sm">
              {t('sessions.end')}
              <span class="sr-only"> {t('sessions.endWhich', { device })}</span>
            </Button>
          </form>
        )}
      </div>
    </li>
  )
}

const EndMany: FC<{ others: boolean }> = ({ others }) => {
  const { t } = usePortalView()
  return (
    <form method="post" action={paths.sessionEndings()} class="mt-5 flex flex-wrap gap-2">
      <Csrf />
      {others && (
        <Button variant="outline" name="which" value="others">
          {t('sessions.endOthers')}
        </Button>
      )}
      <Button variant="ghost" name="which" value="all">
        {t('sessions.endAll')}
      </Button>
    </form>
  )
}

export const SessionsPage: FC<{ sessions: ListedSession[] }> = ({ sessions }) => {
  const { t, tenant, viewer } = usePortalView()
  const { sessionIdleMinutes: idle, sessionDays: days } = tenant.settings
  const hours = idle % 60 === 0 ? idle / 60 : 0
  return (
    <Page title={t('sessions.title')} at="sessions" narrow>
      <PageHead title={t('sessions.title')} sub={t('sessions.lede', { hours, minutes: idle, days })} />
      <ul class="card rows" aria-label={t('sessions.list')}>
        {sessions.map((session) => (
          <SessionLine session={session} current={session.id === viewer.sessionId} />
        ))}
      </ul>
      <EndMany others={sessions.length > 1} />
    </Page>
  )
}
