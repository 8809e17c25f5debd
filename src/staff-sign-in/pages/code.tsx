import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { PasskeyForm } from '#src/staff-sign-in/pages/passkey.tsx'
import { Bare } from '#src/web/bare.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { useView } from '#src/web/view.ts'

export type StaffCodeProps = {
  slug?: string | undefined
  /** Which second factors this person has. */
  totp: boolean
  passkey?: string | undefined
  problem?: string | undefined
}

const CodeForm: FC<StaffCodeProps> = ({ slug, problem }) => {
  const { t } = useView()
  return (
    <form
      method="post"
      action={paths.staff.loginCode({ tenant: slug })}
      class="mt-7 mb-4 grid gap-4"
      novalidate
    >
      <Csrf />
      <TextField
        id="code"
        label={t('staffSignIn.code')}
        hint={t('staffSignIn.code.hint')}
        error={problem}
        autocomplete="one-time-code"
        maxlength={40}
        required
        autofocus
        large
      />
      <Button size="lg" class="w-full">
        {t('staffSignIn.code.submit')}
      </Button>
    </form>
  )
}

export const StaffCodePage: FC<StaffCodeProps> = (props) => {
  const { t } = useView()
  const { slug, totp, passkey, problem } = props
  return (
    <Bare title={t('staffSignIn.code.title')}>
      <h1>{t('staffSignIn.code.title')}</h1>
      <p class="lede mt-1.5">{t('staffSignIn.code.lede')}</p>
      {totp ? <CodeForm {...props} /> : problem && <p class="field-error my-4">{problem}</p>}
      {passkey && (
        <PasskeyForm
          action={paths.staff.loginPasskey({ tenant: slug })}
          options={passkey}
          label={totp ? t('staffSignIn.passkey.confirm') : t('staffSignIn.passkey.use')}
        />
      )}
      <p class="mt-6 text-sm text-muted-foreground">
        {t('staffSignIn.code.lost')}{' '}
        <a class="link" href={paths.staff.login({ tenant: slug })}>
          {t('staffSignIn.startAgain')}
        </a>
      </p>
    </Bare>
  )
}
