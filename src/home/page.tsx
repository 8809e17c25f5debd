import type { FC } from 'hono/jsx'
import { Announcements } from '#src/announcements/notices.tsx'
import type { Current } from '#src/announcements/queries.ts'
import type { OpenTickets, WaitingTicket } from '#src/home/queries.ts'
import { paths } from '#src/paths.ts'
import { can, ticketScope } from '#src/viewer.ts'
import { Page } from '#src/web/layout.tsx'
import { Count } from '#src/web/ui/badge.tsx'
import { LinkButton } from '#src/web/ui/button.tsx'
import { Card, Todo } from '#src/web/ui/content.tsx'
import { EmptyState } from '#src/web/ui/feedback.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { TicketLine } from '#src/web/ui/ticket-rows.tsx'
import { usePortalView, type View } from '#src/web/view.ts'

const Attention: FC<{ waiting: WaitingTicket[] }> = ({ waiting }) => {
  const { t, format } = usePortalView()
  const count = waiting.length
  const note = count > 0 && <Count n={count} tone="attention" label={t('home.attention.items', { count })} />
  return (
    <Card id="attention" title={t('home.attention')} note={note}>
      {count === 0 ? (
        <EmptyState
          icon="circle-check"
          title={t('home.attention.none')}
          text={t('home.attention.noneText')}
          level={3}
        />
      ) : (
        <ul class="rows">
          {waiting.map((ticket) => (
            <Todo
              icon="message-circle-reply"
              tone="attention"
              title={ticket.subject}
              meta={t('home.waiting.meta', {
                number: String(ticket.number),
                name: ticket.excerpt_by,
                text: ticket.excerpt,
              })}
              when={t('home.waiting.since', { time: format.moment(ticket.status_since, true) })}
              action={{ href: `${paths.ticket(ticket.id)}#reply`, label: t('home.waiting.action') }}
            />
          ))}
        </ul>
      )}
    </Card>
  )
}

const lines = (rows: OpenTickets['rows'], { t, format }: View) =>
  rows.map((ticket) =>
    TicketLine({
      href: paths.ticket(ticket.id),
      number: ticket.number,
      subject: ticket.subject,
      person: ticket.requester,
      status: ticket.status,
      statusLabel: t(`tickets.status.${ticket.status}`),
      at: ticket.updated_at.toISOString(),
      when: format.short(ticket.updated_at),
      unread: ticket.unread ? t('tickets.unread') : undefined,
    }),
  )

const Open: FC<{ open: OpenTickets }> = ({ open }) => {
  const view = usePortalView()
  const { t, viewer } = view
  const create = can(viewer, 'tickets:create')
  const key = ticketScope(viewer) === 'own' ? 'home.open.mine' : 'home.open.company'
  return (
    <Card
      id="open"
      title={t('home.open')}
      note={<span class="text-sm text-faint">{t(key, { count: open.count })}</span>}
      link={{ href: paths.tickets(), label: t('home.open.all') }}
    >
      {open.rows.length === 0 ? (
        <EmptyState
          icon="ticket"
          title={t('home.open.none')}
          text={t(create ? 'home.open.noneText' : 'home.open.noneTextReader')}
          level={3}
        >
          {create && <LinkButton href={paths.newTicket()}>{t('nav.newTicket')}</LinkButton>}
        </EmptyState>
      ) : (
        <ul class="rows">{lines(open.rows, view)}</ul>
      )}
    </Card>
  )
}

const Reach: FC = () => {
  const { t, tenant } = usePortalView()
  return (
    <Card id="reach" title={t('home.help', { tenant: tenant.name })}>
      <section>
        <p class="text-sm text-muted-foreground">{tenant.welcome ?? t('home.help.text')}</p>
        <p class="mt-3 flex flex-wrap gap-2">
          {tenant.supportPhone && (
            <LinkButton
              variant="outline"
              size="sm"
              icon="phone"
              href={`tel:${tenant.supportPhone.replace(/[^+\d]/g, '')}`}
            >
              {t('home.help.call')}
            </LinkButton>
          )}
          <LinkButton variant="outline" size="sm" icon="mail" href={`mailto:${tenant.supportEmail}`}>
            {t('home.help.write')}
          </LinkButton>
        </p>
      </section>
    </Card>
  )
}

const greeting = (hour: number) =>
  hour < 5 || hour >= 18 ? 'home.evening' : hour < 12 ? 'home.morning' : 'home.afternoon'

type HomeProps = { open: OpenTickets | undefined; waiting: WaitingTicket[]; announcements: Current[] }

export const HomePage: FC<HomeProps> = ({ open, waiting, announcements }) => {
  const { t, format, now, viewer } = usePortalView()
  const name = viewer.name.split(/\s+/)[0] ?? viewer.name
  return (
    <Page title={t('home.title')} at="home">
      <PageHead
        eyebrow={format.weekday(now)}
        title={t(greeting(format.hour(now)), { name })}
        sub={t('home.state', { count: waiting.length })}
      />
      <Announcements rows={announcements} />
      <div class="grid gap-5 lg:grid-cols-[minmax(0,1fr)_19.5rem] lg:gap-6">
        <div class="grid min-w-0 content-start gap-5 lg:gap-6">
          <Attention waiting={waiting} />
          {open && <Open open={open} />}
        </div>
        <div class="grid min-w-0 content-start gap-5 lg:gap-6">
          <Reach />
        </div>
      </div>
    </Page>
  )
}
