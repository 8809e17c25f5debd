import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Problem } from '#src/settings/check.ts'
import { SettingsPage } from '#src/settings/pages/frame.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { useStaffView } from '#src/web/view.ts'

export type HostRow = {
  host: string
  verified_at: Date | null
  checked_at: Date | null
  found: string | null
}

const stateOf = ({ verified_at, checked_at, found }: HostRow) => {
  if (verified_at) return 'verified'
  if (!checked_at || found === '?') return 'pending'
  return found ? 'elsewhere' : 'nowhere'
}

const Host: FC<{ row: HostRow; home: string }> = ({ row, home }) => {
  const { t, format } = useStaffView()
  const state = stateOf(row)
  const action = (what: string, label: string, icon: 'rotate-ccw' | 'trash-2') => (
    <form method="post" action={paths.staff.settingsDo('hosts', what)}>
      <Csrf />
      <input type="hidden" name="host" value={row.host} />
      <Button variant={what === 'removal' ? 'ghost' : 'outline'} size="sm" icon={icon}>
        {label}
        <span class="sr-only">: {row.host}</span>
      </Button>
    </form>
  )
  return (
    <li>
      <div class="row flex-wrap">
        <div class="min-w-0 grow basis-60">
          <p class="row-title break-all">
            {row.host}{' '}
            <Badge tone={state === 'verified' ? 'success' : 'attention'}>
              {t(state === 'verified' ? 'settings.hosts.verified' : 'settings.hosts.pending')}
            </Badge>
          </p>
          <p class="row-meta">
            {t(`settings.hosts.state.${state}`, { home, found: row.found ?? '' })}{' '}
            {row.checked_at && t('settings.hosts.checked', { when: format.moment(row.checked_at, true) })}
          </p>
        </div>
        {action('checks', t('settings.hosts.check'), 'rotate-ccw')}
        {action('removal', t('settings.hosts.remove'), 'trash-2')}
      </div>
    </li>
  )
}

type Props = { hosts: HostRow[]; home: string; typed: string; problem?: Problem | undefined }

export const HostsPage: FC<Props> = ({ hosts, home, typed, problem }) => {
  const { t } = useStaffView()
  return (
    <SettingsPage tab="hosts" problems={{ host: problem }}>
      <Card>
        {hosts.length === 0 ? (
          <EmptyState
            icon="globe"
            title={t('settings.hosts.none')}
            text={t('settings.hosts.noneText', { home })}
          />
        ) : (
          <ul class="rows">
            {hosts.map((row) => (
              <Host row={row} home={home} />
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('settings.hosts.add')} id="add">
        <section>
          <form method="post" action={paths.staff.settingsOf('hosts')} class="grid gap-5" novalidate>
            <Csrf />
            <TextField
              id="host"
              label={t('settings.field.host')}
              hint={t('settings.hosts.hint', { home })}
              value={typed}
              {...(problem && { error: t(problem.key, problem.values) })}
              placeholder="portal.example.com"
              maxlength={253}
              required
            />
            <div>
              <Button icon="plus">{t('settings.hosts.addAndCheck')}</Button>
            </div>
          </form>
        </section>
      </Card>
    </SettingsPage>
  )
}
