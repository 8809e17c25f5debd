import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { BrandField } from '#src/settings/brand.tsx'
import type { Problems, Typed } from '#src/settings/check.ts'
import { LOGO_BYTES } from '#src/settings/logo.ts'
import { Optional, SettingsPage, useField } from '#src/settings/pages/frame.tsx'
import { Swatches } from '#src/settings/pages/swatches.tsx'
import { logoUrl } from '#src/web/brand-routes.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { Field, TextArea, TextField, wired } from '#src/web/ui/field.tsx'
import { useStaffView } from '#src/web/view.ts'

type Props = { typed: Typed<BrandField>; problems?: Problems }

const COLOR = /^#[0-9a-f]{6}$/i

const Logo: FC<{ error: string | undefined }> = ({ error }) => {
  const { t, tenant } = useStaffView()
  const url = logoUrl(tenant)
  const hint = t('settings.brand.logoHint', { kilobytes: LOGO_BYTES / 1000 })
  const field = { id: 'logo', hint, ...(error && { error }) }
  return (
    <Field {...field} label={<Optional label={t('settings.field.logo')} />}>
      {url && (
        <img src={url} alt={t('settings.brand.logoNow')} height="40" class="mb-2 h-10 w-auto max-w-48" />
      )}
      <input
        {...wired(field)}
        class="input h-auto py-1.5"
        type="file"
        name="logo"
        accept="image/png,image/svg+xml"
      />
    </Field>
  )
}

export const BrandPage: FC<Props> = ({ typed, problems = {} }) => {
  const { t, tenant } = useStaffView()
  const field = useField(typed, problems)
  const optional = (id: BrandField) => ({ ...field(id), label: <Optional label={field(id).label} /> })
  const color = field('brandColor')
  return (
    <SettingsPage tab="brand" problems={problems}>
      <Card>
        <section>
          <form
            method="post"
            action={paths.staff.settingsOf('brand')}
            enctype="multipart/form-data"
            class="grid gap-5"
            novalidate
          >
            <Csrf />
            <TextField {...field('name')} required maxlength={120} />
            <Logo error={problems.logo && t(problems.logo.key, problems.logo.values)} />
            <Field {...color} hint={t('settings.brand.colorHint')}>
              <input {...wired(color)} class="input" type="color" name="brandColor" value={color.value} />
            </Field>
            {COLOR.test(typed.brandColor) && <Swatches color={typed.brandColor} />}
            <TextField {...field('supportEmail')} type="email" required maxlength={254} />
            <TextField {...optional('supportPhone')} type="tel" maxlength={40} />
            <TextField {...optional('deskHours')} hint={t('settings.brand.hoursHint')} maxlength={200} />
            <TextArea {...optional('welcome')} hint={t('settings.brand.welcomeHint')} maxlength={1000} />
            <div class="flex flex-wrap gap-3">
              <Button>{t('form.save')}</Button>
              <Button variant="outline" name="then" value="preview">
                {t('settings.brand.preview')}
              </Button>
            </div>
          </form>
        </section>
      </Card>
      {tenant.logoHash && (
        <form method="post" action={paths.staff.settingsDo('brand', 'logo-removal')}>
          <Csrf />
          <Button variant="ghost" icon="trash-2">
            {t('settings.brand.removeLogo')}
          </Button>
        </form>
      )}
    </SettingsPage>
  )
}
