import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Holdings, Successor } from '#src/people/leaver.ts'
import type { Person } from '#src/people/queries.ts'
import { deviceName } from '#src/sign-in/device.ts'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { SelectField } from '#src/web/ui/choice.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import { Crumbs } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = { person: Person; holdings: Holdings; others: Successor[]; wrong?: boolean | undefined }

const Tickets: FC<{ title: string; id: string; tickets: Holdings['asked'] }> = ({ title, id, tickets }) => {
  const { t } = useStaffView()
  if (tickets.length === 0) return null
  return (
    <Card title={title} id={id}>
      <ul class="rows">
        {tickets.map((ticket) => (
          <li class="row">
            <span class="title" dir="auto">
              {ticket.subject}
            </span>
            {ticket.confidential && <Badge icon="lock">{t('people.leaving.confidential')}</Badge>}
            <span class="num text-faint">#{ticket.number}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const Sessions: FC<{ sessions: Holdings['sessions'] }> = ({ sessions }) => {
  const { t, format } = useStaffView()
  if (sessions.length === 0) return null
  return (
    <Card title={t('people.leaving.sessions', { count: sessions.length })} id="sessions">
      <ul class="rows">
        {sessions.map((session) => (
          <li class="row">
            <span class="title">{deviceName(t, session.user_agent)}</span>
            <span class="row-meta">{format.short(session.last_seen_at)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Everything that somebody who leaves holds, and the one form that settles it. */
export const LeavingPage: FC<Props> = ({ person, holdings, others, wrong }) => {
  const { t } = useStaffView()
  const { asked, on, sessions } = holdings
  const back = { href: paths.staff.contact(person.id), label: person.name }
  const company = { href: paths.staff.company(person.company_id), label: person.company }
  const nothing = asked.length + on.length + sessions.length === 0
  return (
    <StaffPage title={t('people.leaving')} at="companies" narrow back={back}>
      <Crumbs label={t('nav.breadcrumb')} items={[company, back, { label: t('people.leaving') }]} />
      <h1 class="mb-2">{t('people.leaving.title', { name: person.name, company: person.company })}</h1>
      <p class="mb-5 text-muted-foreground">{t('people.leaving.text')}</p>
      {wrong && (
        <ErrorSummary
          title={t('form.problems', { count: 1 })}
          errors={[{ field: 'to', message: t('people.leaving.choose') }]}
        />
      )}
      <div class="grid gap-5">
        {nothing && <p>{t('people.leaving.nothing')}</p>}
        <Tickets title={t('people.leaving.asked', { count: asked.length })} id="asked" tickets={asked} />
        <Tickets title={t('people.leaving.on', { count: on.length })} id="on" tickets={on} />
        <Sessions sessions={sessions} />
        <form method="post" action={paths.staff.contactLeaving(person.id)} class="grid gap-5">
          <Csrf />
          {asked.length + on.length > 0 ? (
            <SelectField
              id="to"
              label={t('people.leaving.to')}
              hint={t('people.leaving.toHint')}
              error={wrong ? t('people.leaving.choose') : undefined}
              required
              options={[
                { value: '', label: t('people.leaving.choose') },
                ...others.map((other) => ({ value: other.id, label: other.name })),
                { value: 'nobody', label: t('people.leaving.nobody') },
              ]}
            />
          ) : (
            <input type="hidden" name="to" value="nobody" />
          )}
          <div class="flex gap-3">
            <Button variant="danger">{t('people.leaving.do')}</Button>
            <LinkButton href={back.href} variant="ghost">
              {t('form.cancel')}
            </LinkButton>
          </div>
        </form>
      </div>
    </StaffPage>
  )
}
