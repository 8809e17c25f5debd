import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { DeskContact, DeskTicket } from '#src/tickets/desk-find.ts'
import { canPutOn, canTakeOff } from '#src/tickets/desk-policy.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Options } from '#src/web/ui/choice.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { Avatar } from '#src/web/ui/people.tsx'
import { useStaffView } from '#src/web/view.ts'

export type PeopleProps = { ticket: DeskTicket; contacts: DeskContact[] }

const Person: FC<{ ticket: DeskTicket; who: DeskContact }> = ({ ticket, who }) => {
  const { t, staff } = useStaffView()
  const asked = who.id === ticket.requester_id
  const reached = who.role_id !== null && who.disabled_at === null
  const part = asked ? t('tickets.people.asked') : reached ? '' : t('desk.people.noAccess')
  return (
    <li class="flex items-center gap-2.5">
      <Avatar name={who.name} size="sm" />
      <span class="min-w-0 text-sm">
        {who.name}
        {who.email && <span class="block clip text-xs text-faint">{who.email}</span>}
      </span>
      <span class="ms-auto text-end text-xs text-faint">{part}</span>
      {canTakeOff(staff, ticket, who.id) && (
        <form method="post" action={paths.staff.ticketRemovals(ticket.id)}>
          <Csrf />
          <input type="hidden" name="contact" value={who.id} />
          <Button
            variant="ghost"
            size="icon-sm"
            icon="x"
            label={t('desk.people.remove', { name: who.name })}
          />
        </form>
      )}
    </li>
  )
}

const Add: FC<PeopleProps> = ({ ticket, contacts }) => {
  const { t } = useStaffView()
  const others = contacts.filter((who) => !ticket.visible_to.includes(who.id))
  if (others.length === 0) return null
  return (
    <details class="mt-2 print:hidden">
      <summary class="btn -ms-2.5" data-variant="ghost" data-size="sm">
        <Icon name="user-plus" />
        {t('desk.people.add', { company: ticket.company })}
      </summary>
      <form method="post" action={paths.staff.ticketParticipants(ticket.id)} class="mt-2 flex gap-2">
        <Csrf />
        <select
          class="select min-w-0 flex-1"
          name="contact"
          id="for"
          required
          aria-label={t('desk.people.choose')}
        >
          <option value="">{t('desk.people.choose')}</option>
          <Options items={others.map((who) => ({ value: who.id, label: who.name }))} />
        </select>
        <Button
          variant="outline"
          icon="plus"
          size="icon"
          label={t('desk.people.add', { company: ticket.company })}
        />
      </form>
    </details>
  )
}

/** Who is on the ticket, and who at the company sees it besides. */
export const PeopleOn: FC<PeopleProps> = ({ ticket, contacts }) => {
  const { t, staff } = useStaffView()
  const { company } = ticket
  return (
    <>
      <ul class="grid gap-2.5">
        {contacts
          .filter((who) => ticket.visible_to.includes(who.id))
          .map((who) => (
            <Person ticket={ticket} who={who} />
          ))}
      </ul>
      {canPutOn(staff, ticket) && <Add ticket={ticket} contacts={contacts} />}
      <p class="mt-3 flex gap-2 text-sm text-muted-foreground">
        <Icon name={ticket.confidential ? 'lock' : 'eye'} class="mt-0.5" />
        <span>{t(ticket.confidential ? 'desk.seen.confidential' : 'desk.seen', { company })}</span>
      </p>
    </>
  )
}
