import type { FC } from 'hono/jsx'
import { GROUPS, LATER, permissionsIn } from '#src/roles/groups.ts'
import { useStaffView } from '#src/web/view.ts'

/** One box for each permission, by page, with what it means. */
export const PermissionChecks: FC<{ held: ReadonlySet<string>; fixed: boolean }> = ({ held, fixed }) => {
  const { t } = useStaffView()
  return (
    <>
      {GROUPS.map((group) => (
        <fieldset class="grid gap-3">
          <legend class="label mb-2">
            {t(`roles.group.${group}`)}{' '}
            {LATER.has(group) && <span class="text-xs font-normal text-faint">{t('roles.later')}</span>}
          </legend>
          {permissionsIn(group).map((permission) => (
            <label class="check">
              <input
                class="input"
                type="checkbox"
                name="permission"
                value={permission}
                checked={held.has(permission)}
                disabled={fixed}
              />
              <span>
                <span class="font-medium">{t(`roles.permission.${permission}`)}</span>
                <span class="row-meta block">{t(`roles.opens.${permission}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
    </>
  )
}
