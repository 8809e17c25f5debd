import type { FC } from 'hono/jsx'
import { LiveTicket } from '#src/live/mark.tsx'
import { paths } from '#src/paths.ts'
import { PeopleOn } from '#src/tickets/staff-pages/people.tsx'
import { Properties, type PropertiesProps } from '#src/tickets/staff-pages/properties.tsx'
import { DeskThread, type Talk } from '#src/tickets/staff-pages/thread.tsx'
import { Write, type WriteProps } from '#src/tickets/staff-pages/write.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { LinkButton } from '#src/web/ui/button.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { StatusBadge } from '#src/web/ui/status.tsx'
import { useStaffView } from '#src/web/view.ts'

export type DeskTicketProps = Talk & WriteProps & PropertiesProps

const Head: FC<DeskTicketProps> = ({ ticket }) => {
  const { t, format } = useStaffView()
  const { company, requester: name } = ticket
  return (
    <PageHead
      crumbs={{
        label: t('nav.breadcrumb'),
        items: [{ href: paths.staff.tickets(), label: t('desk.queue') }, { label: `#${ticket.number}` }],
      }}
      title={<bdi>{ticket.subject}</bdi>}
      sub={
        <span class="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <StatusBadge status={ticket.status} label={t(`desk.status.${ticket.status}`)} />
          {ticket.confidential && <Badge icon="lock">{t('tickets.confidential')}</Badge>}
          <span class="text-sm">
            {t('desk.asked', { name, company, date: format.date(ticket.created_at) })}
          </span>
        </span>
      }
    />
  )
}

const Side: FC<DeskTicketProps> = (props) => {
  const { t } = useStaffView()
  return (
    <aside class="side sticky-side" aria-label={t('tickets.about')}>
      <section>
        <h2>{t('desk.properties')}</h2>
        <Properties {...props} />
      </section>
      <section>
        <h2>{t('desk.people')}</h2>
        <PeopleOn {...props} />
      </section>
    </aside>
  )
}

/** A ticket as the desk sees it. */
export const DeskTicketPage: FC<DeskTicketProps> = (props) => {
  const { ticket, talk, past, problems } = props
  const { t } = useStaffView()
  const errors = Object.entries(problems).map(([field, problem]) => ({
    field: field === 'files' ? 'body' : field,
    message: t(problem.key, problem.values ?? {}),
  }))
  return (
    <StaffPage
      title={`#${ticket.number} ${ticket.subject}`}
      at="tickets"
      back={{ href: paths.staff.tickets(), label: t('desk.queue') }}
    >
      <Head {...props} />
      {errors.length > 0 && (
        <ErrorSummary title={t('form.problems', { count: errors.length })} errors={errors} />
      )}
      <div class="split">
        <div class="min-w-0">
          {talk.earlier && (
            <p class="mb-4 print:hidden">
              <LinkButton
                variant="outline"
                size="sm"
                href={paths.staff.ticket(ticket.id, { before: talk.earlier })}
              >
                {t('tickets.earlier')}
              </LinkButton>
            </p>
          )}
          <DeskThread {...props} />
          {past ? (
            <p class="mt-4">
              <LinkButton variant="outline" size="sm" href={paths.staff.ticket(ticket.id)}>
                {t('tickets.latest')}
              </LinkButton>
            </p>
          ) : (
            <Write {...props} />
          )}
        </div>
        <Side {...props} />
      </div>
      {!past && <LiveTicket id={ticket.id} page={paths.staff.ticket(ticket.id)} />}
    </StaffPage>
  )
}
