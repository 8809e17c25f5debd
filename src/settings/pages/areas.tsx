import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { AREA_NAMES, type Area } from '#src/permissions.ts'
import { SettingsPage } from '#src/settings/pages/frame.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { useStaffView } from '#src/web/view.ts'

export const AreasPage: FC<{ off: Area[] }> = ({ off }) => {
  const { t } = useStaffView()
  return (
    <SettingsPage tab="areas">
      <Card>
        <section>
          <p class="mb-5 text-muted-foreground">{t('settings.areas.text')}</p>
          <form method="post" action={paths.staff.settingsOf('areas')} class="grid gap-5">
            <Csrf />
            <fieldset class="grid gap-2">
              <legend class="sr-only">{t('settings.tab.areas')}</legend>
              {AREA_NAMES.map((area) => (
                <label class="choice">
                  <input
                    class="input"
                    type="checkbox"
                    name="area"
                    value={area}
                    checked={!off.includes(area)}
                  />
                  <span>
                    <span class="font-medium">{t(`settings.areas.${area}`)}</span>
                    <span class="row-meta block">{t(`settings.areas.${area}.hint`)}</span>
                  </span>
                </label>
              ))}
            </fieldset>
            <div>
              <Button>{t('form.save')}</Button>
            </div>
          </form>
        </section>
      </Card>
    </SettingsPage>
  )
}
