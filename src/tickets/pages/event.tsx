import type { FC } from 'hono/jsx'
import { z } from 'zod'
import { PRIORITIES, STATUSES } from '#src/tickets/filter.ts'
import type { TicketEvent } from '#src/tickets/find.ts'
import { Time } from '#src/web/ui/content.tsx'
import { ThreadEvent } from '#src/web/ui/thread.tsx'
import { useView, type View } from '#src/web/view.ts'

const schema = z.object({
  from: z.enum(STATUSES).optional().catch(undefined),
  to: z.enum(STATUSES).optional().catch(undefined),
  priority: z.enum(PRIORITIES).optional().catch(undefined),
  name: z.string().optional().catch(undefined),
})

const sentence = ({ t, staff }: View, event: TicketEvent) => {
  const { from, to, priority, name: who = '' } = schema.parse(event.data)
  const name = event.actor_name
  if (event.kind === 'status' && to === 'solved') return t('tickets.event.solved', { name })
  if (event.kind === 'status' && to === 'closed')
    return name ? t('tickets.event.closedBy', { name }) : t('tickets.event.closed')
  if (event.kind === 'status' && (from === 'solved' || from === 'closed'))
    return t('tickets.event.reopened', { name })
  if (event.kind === 'status')
    return t('tickets.event.status', {
      name,
      status: t(`${staff ? 'desk' : 'tickets'}.status.${to ?? 'new'}`),
    })
  if (event.kind === 'priority')
    return t('tickets.event.priority', { name, priority: t(`tickets.priority.${priority ?? 'normal'}`) })
  if (event.kind === 'assignee') return t('tickets.event.assignee', { name: who || name })
  return t(`tickets.event.${event.kind}`, { name, who })
}

/** One line of a ticket's history, between the messages. */
export const EventLine: FC<{ event: TicketEvent }> = ({ event }) => {
  const view = useView()
  const { to } = schema.parse(event.data)
  const icon =
    event.kind === 'participant_added' ? 'user-plus' : event.kind === 'assignee' ? 'hand' : 'history'
  return (
    <ThreadEvent status={event.kind === 'status' ? to : undefined} icon={icon}>
      {sentence(view, event)} ·{' '}
      <Time
        at={event.created_at.toISOString()}
        text={view.format.moment(event.created_at)}
        full={view.format.exact(event.created_at)}
      />
    </ThreadEvent>
  )
}
