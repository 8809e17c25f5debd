import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { AccessBadge } from '#src/people/pages/access.tsx'
import type { Person } from '#src/people/queries.ts'
import { defaultAmong, type Role } from '#src/roles/queries.ts'
import { can, mayChange } from '#src/viewer.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { SelectField } from '#src/web/ui/choice.tsx'
import { Card, DL } from '#src/web/ui/content.tsx'
import { useStaffView } from '#src/web/view.ts'

const Dates: FC<{ person: Person }> = ({ person }) => {
  const { t, format } = useStaffView()
  const said = (at: Date | null) => (at ? format.moment(at) : '–')
  const { mail_state, mail_done_at } = person
  const mail = mail_state === 'failed' || mail_state === 'dropped' ? t('people.since.failed') : undefined
  return (
    <DL
      items={[
        [t('people.field.role'), person.role ?? t('people.role.none')],
        [t('people.date.invited'), said(person.invited_at)],
        [t('people.date.mail'), mail ?? said(mail_state === 'sent' ? mail_done_at : null)],
        [t('people.date.first'), said(person.first_sign_in_at)],
        [t('people.date.last'), said(person.last_sign_in_at)],
        ...(person.disabled_at
          ? [[t('people.date.disabled'), said(person.disabled_at)] as [string, string]]
          : []),
      ]}
    />
  )
}

const One: FC<{ action: string; label: string; danger?: boolean }> = ({ action, label, danger }) => (
  <form method="post" action={action}>
    <Csrf />
    <Button variant={danger ? 'danger' : 'outline'} size="sm">
      {label}
    </Button>
  </form>
)

/** Role and invitation in one form: which of its two buttons is pressed says what is done with the role. */
const RoleForm: FC<{ person: Person; roles: Role[] }> = ({ person, roles }) => {
  const { t } = useStaffView()
  const value = person.role_id ?? defaultAmong(roles)?.id
  const again = person.state !== 'none' && person.state !== 'open'
  return (
    <form
      method="post"
      action={paths.staff.contactInvitation(person.id)}
      class="flex flex-wrap items-end gap-3"
    >
      <Csrf />
      <SelectField
        id="role"
        class="max-w-60"
        label={t('people.field.role')}
        value={value}
        options={roles.map((role) => ({ value: role.id, label: role.name }))}
      />
      {person.role_id && (
        <button
          type="submit"
          class="btn"
          data-variant="outline"
          formaction={paths.staff.contactRole(person.id)}
        >
          {t('people.role.save')}
        </button>
      )}
      {person.email && person.state !== 'active' && (
        <Button icon="send">{t(again ? 'people.invite.again' : 'people.invite')}</Button>
      )}
    </form>
  )
}

/** What somebody has of the portal, and what may be done about it. */
export const Access: FC<{ person: Person; roles: Role[] }> = ({ person, roles }) => {
  const { t, staff } = useStaffView()
  const change = mayChange(staff, 'staff:users') && !person.archived_at && !person.company_archived_at
  const { id, state } = person
  return (
    <Card title={t('people.access')} id="access" note={<AccessBadge state={state} />}>
      <section class="grid gap-5">
        <Dates person={person} />
        {change && !person.email && <p class="text-sm text-muted-foreground">{t('people.needsEmail')}</p>}
        {change && state !== 'disabled' && (person.email || person.role_id) && (
          <RoleForm person={person} roles={roles} />
        )}
        {(change || can(staff, 'staff:users')) && (
          <div class="flex flex-wrap items-center gap-3">
            {change && state === 'disabled' && (
              <One action={paths.staff.contactEnabling(id)} label={t('people.enable')} />
            )}
            {change && state !== 'disabled' && person.role_id && (
              <One action={paths.staff.contactDisabling(id)} label={t('people.disable')} danger />
            )}
            {change && person.role_id && (
              <One action={paths.staff.contactRevocation(id)} label={t('people.revoke')} danger />
            )}
            {can(staff, 'staff:users') && (
              <a class="quiet-link text-sm" href={paths.staff.contactAccess(id)}>
                {t('people.effective')}
              </a>
            )}
          </div>
        )}
      </section>
    </Card>
  )
}
