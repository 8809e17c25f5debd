import type { FC } from 'hono/jsx'
import type { Activity, Company, OpenTickets } from '#src/companies/queries.ts'
import { isMessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { can } from '#src/viewer.ts'
import { Time } from '#src/web/ui/content.tsx'
import { useStaffView, type View } from '#src/web/view.ts'

/** What an audit row's action is called; the action itself where nobody has worded it. */
const actionName = (t: View['t'], action: string) => {
  const key = `audit.action.${action}`
  return isMessageKey(key) ? t(key) : action
}

/** What waits and what happened at a company. */
export const Aside: FC<{ company: Company; tickets: OpenTickets; activity: Activity[] }> = (props) => {
  const { t, format, staff } = useStaffView()
  const { company, tickets, activity } = props
  return (
    <aside class="side sticky-side" aria-label={t('companies.about')}>
      {can(staff, 'staff:tickets') && (
        <section>
          <h2>{t('companies.openTickets', { count: tickets.count })}</h2>
          <ul class="grid gap-2.5 text-sm">
            {tickets.rows.map((ticket) => (
              <li class="min-w-0">
                <a
                  class="quiet-link block truncate font-medium"
                  href={paths.staff.ticket(ticket.id)}
                  dir="auto"
                >
                  {ticket.subject}
                </a>
                <span class="row-meta">
                  <span class="num">#{ticket.number}</span> · {t(`companies.ticket.${ticket.status}`)}
                </span>
              </li>
            ))}
          </ul>
          {tickets.count > 0 && (
            <p class="mt-3 text-sm">
              <a class="quiet-link" href={paths.staff.tickets({ company: company.id })}>
                {t('companies.allTickets')}
              </a>
            </p>
          )}
        </section>
      )}
      <section>
        <h2>{t('companies.activity')}</h2>
        {activity.length === 0 && <p class="text-sm text-muted-foreground">{t('companies.noActivity')}</p>}
        <ul class="grid gap-2.5 text-sm">
          {activity.map((event) => (
            <li>
              <span class="block">{actionName(t, event.action)}</span>
              <span class="row-meta">
                {event.actor_name && `${event.actor_name} · `}
                <Time
                  at={event.at.toISOString()}
                  text={format.short(event.at)}
                  full={format.exact(event.at)}
                />
              </span>
            </li>
          ))}
        </ul>
        {can(staff, 'staff:audit') && activity.length > 0 && (
          <p class="mt-3 text-sm">
            <a class="quiet-link" href={paths.staff.audit({ company: company.id })}>
              {t('companies.allActivity')}
            </a>
          </p>
        )}
      </section>
    </aside>
  )
}
