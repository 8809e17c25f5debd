import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { CodeList, SecretShown } from '#src/staff-sign-in/pages/enroll.tsx'
import { PasskeyForm } from '#src/staff-sign-in/pages/passkey.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

const useBack = () => ({ href: paths.staff.security(), label: useStaffView().t('staff.security') })

type AuthenticatorProps = {
  secret: Buffer
  /** The secret, sealed, on its way through the form. */
  sealed: string
  problem?: string | undefined
}

export const AuthenticatorPage: FC<AuthenticatorProps> = ({ secret, sealed, problem }) => {
  const { t, tenant, staff } = useStaffView()
  return (
    <StaffPage title={t('security.authenticator')} back={useBack()} narrow>
      <PageHead title={t('security.authenticator')} sub={t('security.authenticator.lede')} />
      <form method="post" action={paths.staff.authenticator()} class="grid max-w-md gap-4" novalidate>
        <Csrf />
        <input type="hidden" name="secret" value={sealed} />
        <SecretShown secret={secret} issuer={tenant.name} email={staff.email} />
        <TextField
          id="code"
          label={t('staffSignIn.enroll.code')}
          error={problem}
          autocomplete="one-time-code"
          inputmode="numeric"
          maxlength={12}
          required
        />
        <p>
          <Button>{t('staffSignIn.enroll.submit')}</Button>
        </p>
      </form>
    </StaffPage>
  )
}

export const OwnRecoveryPage: FC<{ codes: string[] }> = ({ codes }) => {
  const { t } = useStaffView()
  return (
    <StaffPage title={t('staffSignIn.recovery.title')} back={useBack()} narrow>
      <PageHead title={t('staffSignIn.recovery.title')} sub={t('staffSignIn.recovery.lede')} />
      <div class="card p-5">
        <CodeList codes={codes} />
      </div>
      <p class="mt-6">
        <LinkButton href={paths.staff.security()}>{t('staffSignIn.recovery.go')}</LinkButton>
      </p>
    </StaffPage>
  )
}

type NewPasskeyProps = { options: string; name: string; problem?: string | undefined }

export const NewPasskeyPage: FC<NewPasskeyProps> = ({ options, name, problem }) => {
  const { t } = useStaffView()
  return (
    <StaffPage title={t('security.passkeys.add')} back={useBack()} narrow>
      <PageHead title={t('security.passkeys.add')} sub={t('staffSignIn.enroll.passkey.hint')} />
      <div class="max-w-sm">
        <PasskeyForm
          make
          action={paths.staff.newPasskey()}
          options={options}
          label={t('security.passkeys.make')}
        >
          <TextField
            id="name"
            label={t('security.passkeys.name')}
            hint={t('security.passkeys.name.hint')}
            value={name}
            error={problem}
            maxlength={80}
            required
          />
        </PasskeyForm>
        <noscript>
          <p class="text-destructive">{t('security.passkeys.noScript')}</p>
        </noscript>
      </div>
    </StaffPage>
  )
}
