import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { permissionsOf } from '#src/permissions.ts'
import { GROUPS, type Group, LATER, permissionsIn } from '#src/roles/groups.ts'
import type { RoleRow } from '#src/roles/queries.ts'
import { mayChange } from '#src/viewer.ts'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { LinkButton } from '#src/web/ui/button.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

const Heading: FC<{ role: RoleRow }> = ({ role }) => {
  const { t } = useStaffView()
  return (
    <th scope="col" class="text-center align-top">
      <a class="quiet-link block font-medium text-foreground" href={paths.staff.role(role.id)} dir="auto">
        {role.name}
      </a>
      <span class="block text-xs">{t('roles.people', { count: role.people })}</span>
      {role.by_default && <Badge tone="brand">{t('roles.default')}</Badge>}
    </th>
  )
}

const GroupRows: FC<{ group: Group; roles: { id: string; held: ReadonlySet<string> }[] }> = (props) => {
  const { t } = useStaffView()
  const { group, roles } = props
  return (
    <tbody>
      <tr>
        <th scope="colgroup" colspan={roles.length + 1} class="text-start">
          <span class="font-medium text-foreground">{t(`roles.group.${group}`)}</span>{' '}
          {LATER.has(group) && <span class="text-xs">{t('roles.later')}</span>}
        </th>
      </tr>
      {permissionsIn(group).map((permission) => (
        <tr>
          <th scope="row" class="min-w-56 text-start">
            <span class="block font-normal text-foreground">{t(`roles.permission.${permission}`)}</span>
          </th>
          {roles.map((role) => (
            <td class="text-center">
              {role.held.has(permission) ? (
                <>
                  <Icon name="check" class="mx-auto" />
                  <span class="sr-only">{t('roles.yes')}</span>
                </>
              ) : (
                <>
                  <span class="text-faint" aria-hidden="true">
                    –
                  </span>
                  <span class="sr-only">{t('roles.no')}</span>
                </>
              )}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}

/** Every permission, by page and action, against every role. */
export const RolesPage: FC<{ roles: RoleRow[] }> = ({ roles }) => {
  const { t, staff } = useStaffView()
  const held = roles.map((role) => ({ id: role.id, held: permissionsOf(role) }))
  return (
    <StaffPage title={t('roles.title')} at="roles">
      <PageHead title={t('roles.title')} sub={t('roles.lede')}>
        {mayChange(staff, 'staff:roles') && (
          <LinkButton href={paths.staff.newRole()} icon="plus">
            {t('roles.new')}
          </LinkButton>
        )}
      </PageHead>
      <section class="card overflow-x-auto" tabindex={0} aria-label={t('roles.matrix')}>
        <table class="table">
          <caption class="sr-only">{t('roles.matrix')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('roles.column.permission')}</th>
              {roles.map((role) => (
                <Heading role={role} />
              ))}
            </tr>
          </thead>
          {GROUPS.map((group) => (
            <GroupRows group={group} roles={held} />
          ))}
        </table>
      </section>
    </StaffPage>
  )
}
