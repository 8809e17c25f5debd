import type { FC } from 'hono/jsx'
import { LiveTicket } from '#src/live/mark.tsx'
import { paths } from '#src/paths.ts'
import type {
  Attachment,
  Colleague,
  conversation,
  Message as Said,
  Ticket,
  TicketEvent,
} from '#src/tickets/find.ts'
import type { Problems, Typed } from '#src/tickets/forms.ts'
import { About } from '#src/tickets/pages/about.tsx'
import { Answer } from '#src/tickets/pages/answer.tsx'
import { EventLine } from '#src/tickets/pages/event.tsx'
import { Files } from '#src/tickets/pages/files.tsx'
import { threadLines } from '#src/tickets/pages/lines.ts'
import { canClose, canReopen } from '#src/tickets/policy.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Page } from '#src/web/layout.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { Time } from '#src/web/ui/content.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import type { IconName } from '#src/web/ui/icon.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { StatusBadge } from '#src/web/ui/status.tsx'
import { MarkRead, Message, PlainText, Thread, ThreadEvent } from '#src/web/ui/thread.tsx'
import { usePortalView } from '#src/web/view.ts'

export type DetailProps = {
  ticket: Ticket
  talk: Awaited<ReturnType<typeof conversation>>
  past: boolean
  events: TicketEvent[]
  files: Attachment[]
  people: Colleague[]
  input: Typed
  problems: Problems
}

/** From so many messages on, a link leads down to the newest. */
const LONG = 10

const SaidLine: FC<{ said: Said; files: Attachment[] }> = ({ said, files }) => {
  const { format, tenant, viewer } = usePortalView()
  const desk = said.author_contact_id === null
  const time = (
    <Time
      at={said.created_at.toISOString()}
      text={format.moment(said.created_at)}
      full={format.exact(said.created_at)}
    />
  )
  return (
    <Message
      id={`m-${said.id}`}
      author={said.author_name}
      role={desk ? tenant.name : (said.author_title ?? undefined)}
      desk={desk}
      mine={said.author_contact_id === viewer.contactId}
      time={time}
      files={files.length > 0 && <Files files={files} />}
    >
      <PlainText text={said.body} />
    </Message>
  )
}

const Action: FC<{ action: string; label: string; icon: IconName }> = ({ action, label, icon }) => (
  <form method="post" action={action}>
    <Csrf />
    <Button variant="outline" icon={icon}>
      {label}
    </Button>
  </form>
)

/** Above a conversation that doesn't fit a screen or two. */
const Jumps: FC<DetailProps> = ({ ticket, talk, past }) => {
  const { t } = usePortalView()
  const newest = talk.messages.length > LONG && !past ? talk.messages.at(-1) : undefined
  if (!talk.earlier && !newest) return null
  return (
    <p class="mb-4 flex flex-wrap gap-2 print:hidden">
      {talk.earlier && (
        <LinkButton variant="outline" size="sm" href={`${paths.ticket(ticket.id)}?before=${talk.earlier}`}>
          {t('tickets.earlier')}
        </LinkButton>
      )}
      {newest && (
        <LinkButton variant="outline" size="sm" href={`#m-${newest.id}`}>
          {t('tickets.newest')}
        </LinkButton>
      )}
    </p>
  )
}

export const DetailPage: FC<DetailProps> = (props) => {
  const { ticket, past, files, problems } = props
  const { t, format, viewer } = usePortalView()
  const errors = Object.entries(problems).map(([field, problem]) => ({
    field: field === 'files' ? 'body' : field,
    message: t(problem.key, problem.values ?? {}),
  }))
  return (
    <Page
      title={`#${ticket.number} ${ticket.subject}`}
      at="tickets"
      back={{ href: paths.tickets(), label: t('tickets.title') }}
    >
      <PageHead
        crumbs={{
          label: t('nav.breadcrumb'),
          items: [{ href: paths.tickets(), label: t('tickets.title') }, { label: `#${ticket.number}` }],
        }}
        title={<bdi>{ticket.subject}</bdi>}
        sub={
          <span class="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">
            <StatusBadge status={ticket.status} label={t(`tickets.status.${ticket.status}`)} />
            {ticket.confidential && <Badge icon="lock">{t('tickets.confidential')}</Badge>}
            <span class="text-sm">
              {t('tickets.asked', { name: ticket.requester, date: format.date(ticket.created_at) })}
            </span>
          </span>
        }
      >
        {canClose(viewer, ticket) && (
          <Action action={paths.ticketClosure(ticket.id)} label={t('tickets.close')} icon="check" />
        )}
        {canReopen(viewer, ticket) && (
          <Action action={paths.ticketReopening(ticket.id)} label={t('tickets.reopen')} icon="rotate-ccw" />
        )}
      </PageHead>
      {errors.length > 0 && (
        <ErrorSummary title={t('form.problems', { count: errors.length })} errors={errors} />
      )}
      <div class="split">
        <div class="min-w-0">
          <Jumps {...props} />
          <Thread label={t('tickets.conversation')}>
            {threadLines(props).map(({ said, event }) =>
              said ? (
                <SaidLine said={said} files={files.filter((file) => file.message_id === said.id)} />
              ) : (
                event && <EventLine event={event} />
              ),
            )}
            {ticket.status === 'waiting_client' && !past && (
              <ThreadEvent status="waiting_client">
                {t('tickets.waitingSince', { time: format.moment(ticket.status_since, true) })}
              </ThreadEvent>
            )}
          </Thread>
          {past ? (
            <p class="mt-4">
              <LinkButton variant="outline" size="sm" href={paths.ticket(ticket.id)}>
                {t('tickets.latest')}
              </LinkButton>
            </p>
          ) : (
            <Answer {...props} />
          )}
        </div>
        <About ticket={ticket} people={props.people} />
      </div>
      {!past && <LiveTicket id={ticket.id} page={paths.ticket(ticket.id)} />}
      <MarkRead action={paths.ticketReading(ticket.id)} label={t('tickets.markRead')} fields={<Csrf />} />
    </Page>
  )
}
