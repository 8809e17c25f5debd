import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { type Activity, SHOWN } from '#src/people/activity.ts'
import { Page } from '#src/web/layout.tsx'
import { Card, Time } from '#src/web/ui/content.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { Icon, type IconName } from '#src/web/ui/icon.tsx'
import { PageHead, Pager } from '#src/web/ui/page.tsx'
import { usePortalView } from '#src/web/view.ts'

const iconOf = (action: string): IconName => {
  if (action.startsWith('preview.')) return 'eye'
  if (action === 'contact.invited' || action === 'contact.added') return 'user-plus'
  if (action === 'contact.disabled' || action === 'contact.revoked') return 'ban'
  return action === 'sign-in.consumed' ? 'key-round' : 'user-round'
}

const Line: FC<{ row: Activity['rows'][number] }> = ({ row }) => {
  const { t, tenant, format } = usePortalView()
  const action = SHOWN.find((name) => name === row.action)
  if (!action) return null
  const staff = row.actor_kind === 'staff'
  const values = {
    actor: staff ? t('access.activity.staff', { name: row.actor_name, tenant: tenant.name }) : row.actor_name,
    object: row.object ?? t('access.activity.somebody'),
    seen: row.seen ?? t('access.activity.somebody'),
  }
  return (
    <li>
      <div class="row">
        <Icon name={iconOf(action)} class="size-5 text-faint" />
        <p class="min-w-0 flex-1" dir="auto">
          <span class="font-medium">{t(`access.did.${action}`, values)}</span>
          {row.reason && (
            <span class="row-meta block">{t('access.activity.reason', { reason: row.reason })}</span>
          )}
        </p>
        <Time
          class="text-sm text-muted-foreground"
          at={row.at.toISOString()}
          text={format.moment(row.at)}
          full={format.exact(row.at)}
        />
      </div>
    </li>
  )
}

/** What happened at her company, in sentences. */
export const ActivityPage: FC<{ list: Activity }> = ({ list }) => {
  const { t, tenant } = usePortalView()
  const { rows, newer, older } = list
  return (
    <Page title={t('access.activity')} at="activity">
      <PageHead title={t('access.activity')} sub={t('access.activity.lede', { tenant: tenant.name })} />
      {rows.length === 0 ? (
        <Card>
          <EmptyState
            icon="history"
            title={t('access.activity.empty')}
            text={t('access.activity.emptyText')}
          />
        </Card>
      ) : (
        <ul class="card rows" aria-label={t('access.activity.list')}>
          {rows.map((row) => (
            <Line row={row} />
          ))}
        </ul>
      )}
      <Pager
        label={t('access.activity.pages')}
        back={
          newer ? { href: paths.activity({ before: newer }), label: t('access.activity.newer') } : undefined
        }
        on={older ? { href: paths.activity({ after: older }), label: t('access.activity.older') } : undefined}
      />
    </Page>
  )
}
