import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Role } from '#src/roles/queries.ts'
import { mayChange } from '#src/viewer.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { useStaffView } from '#src/web/view.ts'

/** What is done with a role as a whole. */
export const RoleEnd: FC<{ role: Role }> = ({ role }) => {
  const { t, staff } = useStaffView()
  if (role.by_default) return <p class="mt-6 text-sm text-muted-foreground">{t('roles.isDefault')}</p>
  if (!mayChange(staff, 'staff:roles')) return null
  return (
    <div class="mt-8 flex flex-wrap gap-3 border-t border-border pt-5">
      <form method="post" action={paths.staff.roleDefault(role.id)}>
        <Csrf />
        <Button variant="outline">{t('roles.makeDefault')}</Button>
      </form>
      {!role.preset && (
        <form method="post" action={paths.staff.roleDeletion(role.id)}>
          <Csrf />
          <Button variant="danger">{t('roles.delete')}</Button>
        </form>
      )}
    </div>
  )
}
