import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Problems, Typed } from '#src/settings/check.ts'
import type { LimitField } from '#src/settings/limits.tsx'
import { SettingsPage, useField } from '#src/settings/pages/frame.tsx'
import { LIMITS } from '#src/tenants/settings.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { useStaffView } from '#src/web/view.ts'

const GROUPS = [
  { group: 'clients', fields: ['linkMinutes', 'sessionIdleMinutes', 'sessionDays'] },
  { group: 'staff', fields: ['staffIdleMinutes', 'staffHours'] },
  { group: 'tickets', fields: ['closeSolvedDays', 'attachmentMegabytes'] },
] as const

export const LimitsPage: FC<{ typed: Typed<LimitField>; problems?: Problems }> = ({
  typed,
  problems = {},
}) => {
  const { t } = useStaffView()
  const field = useField(typed, problems)
  return (
    <SettingsPage tab="limits" problems={problems}>
      <Card>
        <section>
          <form method="post" action={paths.staff.settingsOf('limits')} class="grid gap-8" novalidate>
            <Csrf />
            {GROUPS.map(({ group, fields }) => (
              <fieldset class="grid gap-5 sm:grid-cols-2">
                <legend class="mb-3 font-semibold">{t(`settings.limits.${group}`)}</legend>
                {fields.map((id) => (
                  <TextField
                    {...field(id)}
                    hint={t('settings.limits.range', { min: LIMITS[id].min, max: LIMITS[id].max })}
                    inputmode="numeric"
                    maxlength={6}
                    required
                  />
                ))}
              </fieldset>
            ))}
            <div>
              <Button>{t('form.save')}</Button>
            </div>
          </form>
        </section>
      </Card>
    </SettingsPage>
  )
}
