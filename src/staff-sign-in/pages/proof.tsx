import type { FC } from 'hono/jsx'
import { PasskeyForm } from '#src/staff-sign-in/pages/passkey.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

export type ProofProps = {
  /** Where the form goes, and what it brings along. */
  action: string
  fields: [name: string, value: string][]
  problem?: string | undefined
  /** What the browser needs to ask for a passkey. */
  passkey: string
}

/** “Confirm it's you”: asks for the second factor once more, on the way to what was asked for. */
export const ProofPage: FC<ProofProps> = ({ action, fields, problem, passkey }) => {
  const { t } = useStaffView()
  return (
    <StaffPage title={t('staffSignIn.proof.title')} narrow>
      <PageHead title={t('staffSignIn.proof.title')} sub={t('staffSignIn.proof.lede')} />
      <form method="post" action={action} class="grid max-w-sm gap-4" novalidate>
        <Csrf />
        {fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <TextField
          id="proof"
          label={t('staffSignIn.code')}
          hint={t('staffSignIn.code.hint')}
          error={problem}
          autocomplete="one-time-code"
          maxlength={40}
          required
          autofocus
          large
        />
        <Button size="lg">{t('staffSignIn.proof.submit')}</Button>
      </form>
      <div class="mt-4 max-w-sm">
        <PasskeyForm action={action} options={passkey} label={t('staffSignIn.passkey.confirm')}>
          {fields.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
        </PasskeyForm>
      </div>
    </StaffPage>
  )
}
