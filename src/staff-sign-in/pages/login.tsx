import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { PasskeyForm } from '#src/staff-sign-in/pages/passkey.tsx'
import { Bare } from '#src/web/bare.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { useView } from '#src/web/view.ts'

export type StaffLoginProps = {
  slug?: string | undefined
  next?: string | undefined
  passkey: string
  typed?: { email: string; organization: string }
  problem?: string | undefined
}

/** Asked where the address names no tenant and there are several. */
export const Organization: FC<{ value?: string | undefined }> = ({ value }) => {
  const { t, tenant } = useView()
  if (tenant) return null
  return (
    <TextField
      id="organization"
      label={t('staffSignIn.organization')}
      hint={t('staffSignIn.organization.hint')}
      value={value}
      autocomplete="organization"
      maxlength={40}
      required
      large
    />
  )
}

const PasswordForm: FC<StaffLoginProps> = ({ slug, next, typed, problem }) => {
  const { t } = useView()
  return (
    <form method="post" action={paths.staff.login({ tenant: slug })} class="mt-7 grid gap-4" novalidate>
      <Csrf />
      {next && <input type="hidden" name="next" value={next} />}
      {problem && <Notice icon="circle-alert" tone="danger" title={problem} />}
      <Organization value={typed?.organization} />
      <TextField
        id="email"
        type="email"
        label={t('staffSignIn.email')}
        value={typed?.email}
        autocomplete="username"
        inputmode="email"
        required
        autofocus
        large
      />
      <TextField
        id="password"
        type="password"
        label={t('staffSignIn.password')}
        autocomplete="current-password"
        maxlength={200}
        required
        large
      />
      <Button size="lg" class="w-full">
        {t('staffSignIn.submit')}
      </Button>
    </form>
  )
}

export const StaffLoginPage: FC<StaffLoginProps> = (props) => {
  const { t, tenant, flash } = useView()
  const { slug, next, passkey } = props
  return (
    <Bare title={t('staffSignIn.title')}>
      {flash && <Notice class="mb-6" icon="info" title={flash} />}
      <h1>{t('staffSignIn.heading')}</h1>
      <p class="lede mt-1.5">
        {tenant ? t('staffSignIn.lede', { tenant: tenant.name }) : t('staffSignIn.lede.any')}
      </p>
      <PasswordForm {...props} />
      <div class="mt-4">
        <PasskeyForm
          action={paths.staff.loginPasskey({ tenant: slug })}
          options={passkey}
          label={t('staffSignIn.passkey.use')}
        >
          {next && <input type="hidden" name="next" value={next} />}
        </PasskeyForm>
      </div>
      <p class="mt-6 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <a class="link" href={paths.staff.reset({ tenant: slug })}>
          {t('staffSignIn.forgot')}
        </a>
        <a class="link" href={paths.login({ ...(slug && { tenant: slug }) })}>
          {t('staffSignIn.client')}
        </a>
      </p>
    </Bare>
  )
}
