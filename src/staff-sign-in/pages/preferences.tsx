import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Account } from '#src/staff-sign-in/account.ts'
import { LOCALES, MAILS, THEMES } from '#src/staff-sign-in/preferences.ts'
import { timeZones } from '#src/tenants/setup-form.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { SelectField } from '#src/web/ui/choice.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { useStaffView } from '#src/web/view.ts'

const nameOf = (locale: string, shownIn: string) =>
  new Intl.DisplayNames([shownIn], { type: 'language' }).of(locale) ?? locale

/** Language, clock, colors and mails of one person. */
export const PreferencesForm: FC<{ account: Account }> = ({ account: { me } }) => {
  const { t, tenant, locale } = useStaffView()
  return (
    <Card title={t('security.preferences')} id="preferences">
      <section>
        <form method="post" action={paths.staff.preferences()} class="grid gap-4 sm:grid-cols-2">
          <Csrf />
          <SelectField
            id="locale"
            label={t('security.locale')}
            value={me.locale ?? ''}
            options={[
              { value: '', label: t('security.likeTenant', { value: nameOf(tenant.locale, locale) }) },
              ...LOCALES.map((value) => ({ value, label: nameOf(value, locale) })),
            ]}
          />
          <SelectField
            id="timeZone"
            label={t('security.timeZone')}
            value={me.time_zone ?? ''}
            options={[
              { value: '', label: t('security.likeTenant', { value: tenant.timeZone.replaceAll('_', ' ') }) },
              ...timeZones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
            ]}
          />
          <SelectField
            id="theme"
            label={t('security.theme')}
            value={me.theme}
            options={THEMES.map((value) => ({ value, label: t(`security.theme.${value}`) }))}
          />
          <SelectField
            id="mails"
            label={t('security.mails')}
            value={me.mails}
            options={MAILS.map((value) => ({ value, label: t(`security.mails.${value}`) }))}
          />
          <p>
            <Button variant="outline">{t('form.save')}</Button>
          </p>
        </form>
      </section>
    </Card>
  )
}
