import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Colleague } from '#src/people/colleagues.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { SelectField } from '#src/web/ui/choice.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { usePortalView } from '#src/web/view.ts'

export type Named = { id: string; name: string }
type AccessProps = { person: Colleague; roles: Named[]; error?: string | undefined }

export const RoleForm: FC<AccessProps> = ({ person, roles, error }) => {
  const { t } = usePortalView()
  const own = person.role_id ? [{ id: person.role_id, name: person.role ?? '' }] : []
  const known = roles.some(({ id }) => id === person.role_id) ? roles : [...own, ...roles]
  return (
    <Card title={t('access.person.role')} id="role-card">
      <section>
        <form method="post" action={paths.colleagueRole(person.id)} class="grid max-w-100 gap-4">
          <Csrf />
          <SelectField
            id="role"
            label={t('access.column.role')}
            hint={t('access.person.roleNow')}
            error={error}
            value={person.role_id ?? ''}
            options={known.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <p>
            <Button variant="outline">{t('access.person.saveRole')}</Button>
          </p>
        </form>
      </section>
    </Card>
  )
}

export const Invite: FC<AccessProps> = ({ person, roles, error }) => {
  const { t, tenant } = usePortalView()
  const title = t(person.state === 'invited' ? 'access.person.again' : 'access.person.invite')
  return (
    <Card title={title} id="invite-card">
      <section>
        <form method="post" action={paths.colleagueInvitation(person.id)} class="grid max-w-100 gap-4">
          <Csrf />
          {!person.held && (
            <SelectField
              id="invited-role"
              name="role"
              label={t('access.invite.role')}
              hint={t('access.invite.roleHint', { tenant: tenant.name })}
              error={error}
              options={roles.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          <p>
            <Button variant="outline" icon="send">
              {t('access.invite.send')}
            </Button>
          </p>
        </form>
      </section>
    </Card>
  )
}

export const EndAccess: FC<{ person: Colleague }> = ({ person: { id, name } }) => {
  const { t, tenant } = usePortalView()
  return (
    <Card title={t('access.person.disable')} id="end-card">
      <section>
        <p class="text-md text-muted-foreground">
          {t('access.person.disableText', { name, tenant: tenant.name })}
        </p>
        <form method="post" action={paths.colleagueDisabling(id)} class="mt-4">
          <Csrf />
          <Button variant="danger" icon="ban">
            {t('access.person.disable.do', { name })}
          </Button>
        </form>
      </section>
    </Card>
  )
}
