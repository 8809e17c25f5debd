import type { Child, FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Colleague, Ticket } from '#src/tickets/find.ts'
import { canAddParticipant, isOver } from '#src/tickets/policy.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Options } from '#src/web/ui/choice.tsx'
import { DL } from '#src/web/ui/content.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { PersonRow } from '#src/web/ui/people.tsx'
import { type Step, Steps } from '#src/web/ui/thread.tsx'
import { usePortalView } from '#src/web/view.ts'

const TONES = { low: 'neutral', normal: 'neutral', high: 'attention', urgent: 'danger' } as const

const steps = (ticket: Ticket, { t, format, tenant }: ReturnType<typeof usePortalView>): Step[] => {
  const since = t('tickets.progress.since', { time: format.moment(ticket.status_since, true) })
  const received: Step = {
    status: 'solved',
    label: t('tickets.progress.received'),
    note: format.moment(ticket.created_at),
  }
  const now: Step = {
    status: ticket.status,
    label: t(`tickets.status.${ticket.status}`),
    note: since,
    current: true,
  }
  const later = t('tickets.progress.later', { days: tenant.settings.closeSolvedDays })
  if (ticket.status === 'new') now.note = format.moment(ticket.created_at)
  const end: Step[] = isOver(ticket)
    ? []
    : [{ status: 'todo', label: t('tickets.status.solved'), note: later, later: true }]
  return ticket.status === 'new' ? [now, ...end] : [received, now, ...end]
}

const AddColleague: FC<{ ticket: Ticket; people: Colleague[] }> = ({ ticket, people }) => {
  const { t } = usePortalView()
  const others = people.filter((who) => !ticket.visible_to.includes(who.id))
  if (others.length === 0) return null
  return (
    <details class="mt-2 print:hidden">
      <summary class="btn -ms-2.5" data-variant="ghost" data-size="sm">
        <Icon name="user-plus" />
        {t('tickets.people.add')}
      </summary>
      <form method="post" action={paths.ticketParticipants(ticket.id)} class="mt-2 flex gap-2">
        <Csrf />
        <select
          class="select min-w-0 flex-1"
          name="contact"
          id="for"
          required
          aria-label={t('tickets.people.choose')}
        >
          <option value="">{t('tickets.people.choose')}</option>
          <Options items={others.map((who) => ({ value: who.id, label: who.name }))} />
        </select>
        <Button variant="outline" icon="plus" size="icon" label={t('tickets.people.add')} />
      </form>
    </details>
  )
}

/** Beside the conversation: where it stands, what it is, who is on it, and why this much is seen. */
export const About: FC<{ ticket: Ticket; people: Colleague[] }> = ({ ticket, people }) => {
  const view = usePortalView()
  const { t, viewer } = view
  const details: [string, Child][] = [
    [t('tickets.detail.number'), <span class="num">#{ticket.number}</span>],
    [
      t('tickets.detail.priority'),
      <Badge tone={TONES[ticket.priority]}>{t(`tickets.priority.${ticket.priority}`)}</Badge>,
    ],
  ]
  if (ticket.category) details.push([t('tickets.detail.category'), ticket.category])
  const followers = people.filter(
    (who) => ticket.visible_to.includes(who.id) && who.id !== ticket.requester_id,
  )
  return (
    <aside class="side sticky-side" aria-label={t('tickets.about')}>
      <section>
        <h2>{t('tickets.progress')}</h2>
        <Steps items={steps(ticket, view)} />
      </section>
      <section>
        <h2>{t('tickets.details')}</h2>
        <DL items={details} />
      </section>
      <section>
        <h2>{t('tickets.people')}</h2>
        <ul class="grid gap-2.5">
          {ticket.assignee && <PersonRow name={ticket.assignee} role={t('tickets.people.handles')} desk />}
          <PersonRow name={ticket.requester} role={t('tickets.people.asked')} />
          {followers.map((who) => (
            <PersonRow name={who.name} role={t('tickets.people.follows')} />
          ))}
        </ul>
        {canAddParticipant(viewer, ticket) && <AddColleague ticket={ticket} people={people} />}
      </section>
      <section class="text-sm text-muted-foreground">
        <p class="flex gap-2">
          <Icon name="eye" class="mt-0.5" />
          <span>
            {ticket.confidential
              ? t('tickets.seenBy.confidential')
              : t('tickets.seenBy.company', { company: viewer.companyName })}
          </span>
        </p>
      </section>
    </aside>
  )
}
