import { raw } from 'hono/html'
import type { FC } from 'hono/jsx'
import { encode } from 'uqr'
import { paths } from '#src/paths.ts'
import { PasskeyForm } from '#src/staff-sign-in/pages/passkey.tsx'
import { otpauthUri, secretText } from '#src/staff-sign-in/totp.ts'
import { Bare } from '#src/web/bare.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { useView } from '#src/web/view.ts'

/** Dark on light in every theme, or cameras don't read it. */
const qrCode = (text: string, label: string) => {
  const { data, size } = encode(text, { ecc: 'M', border: 3 })
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return raw(
    `<svg viewBox="0 0 ${size} ${size}" width="200" height="200" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${dark}" fill="#000"/></svg>`,
  )
}

/** The secret as a picture and as text. */
export const SecretShown: FC<{ secret: Buffer; issuer: string; email: string }> = ({
  secret,
  issuer,
  email,
}) => {
  const { t } = useView()
  return (
    <div class="grid gap-3">
      <div class="w-fit overflow-clip rounded-lg border">
        {qrCode(otpauthUri(secret, issuer, email), t('staffSignIn.enroll.picture'))}
      </div>
      <p class="text-sm text-muted-foreground">
        {t('staffSignIn.enroll.secret')}{' '}
        <strong class="mono break-words text-foreground" translate="no">
          {secretText(secret)}
        </strong>
      </p>
    </div>
  )
}

export type EnrollProps = {
  slug?: string | undefined
  secret: Buffer
  email: string
  passkey: string
  problem?: string | undefined
}

/** Before the first session: no second factor, no way in. */
export const EnrollPage: FC<EnrollProps> = ({ slug, secret, email, passkey, problem }) => {
  const { t, tenant } = useView()
  return (
    <Bare title={t('staffSignIn.enroll.title')} wide>
      <h1>{t('staffSignIn.enroll.title')}</h1>
      <p class="lede mt-1.5">{t('staffSignIn.enroll.lede')}</p>
      <form
        method="post"
        action={paths.staff.enrollment({ tenant: slug })}
        class="mt-6 grid gap-4"
        novalidate
      >
        <Csrf />
        <SecretShown secret={secret} issuer={tenant?.name ?? 'Client Portal'} email={email} />
        <TextField
          id="code"
          label={t('staffSignIn.enroll.code')}
          error={problem}
          autocomplete="one-time-code"
          inputmode="numeric"
          maxlength={12}
          required
          large
        />
        <Button size="lg">{t('staffSignIn.enroll.submit')}</Button>
      </form>
      <div class="mt-6">
        <PasskeyForm
          make
          action={paths.staff.enrollmentPasskey({ tenant: slug })}
          options={passkey}
          label={t('staffSignIn.enroll.passkey')}
        >
          <p class="text-sm text-muted-foreground">{t('staffSignIn.enroll.passkey.hint')}</p>
        </PasskeyForm>
      </div>
    </Bare>
  )
}

/** The codes themselves; nothing keeps them. */
export const CodeList: FC<{ codes: string[] }> = ({ codes }) => {
  const { t } = useView()
  return (
    <ul
      class="mono num grid grid-cols-2 gap-2 text-lg"
      aria-label={t('staffSignIn.recovery.list')}
      translate="no"
    >
      {codes.map((code) => (
        <li>{code}</li>
      ))}
    </ul>
  )
}

export const RecoveryPage: FC<{ codes: string[]; next: string }> = ({ codes, next }) => {
  const { t } = useView()
  return (
    <Bare title={t('staffSignIn.recovery.title')} wide>
      <h1>{t('staffSignIn.recovery.title')}</h1>
      <p class="lede mt-1.5">{t('staffSignIn.recovery.lede')}</p>
      <div class="card mt-6 p-5">
        <CodeList codes={codes} />
      </div>
      <p class="mt-6">
        <LinkButton href={next} size="lg">
          {t('staffSignIn.recovery.go')}
        </LinkButton>
      </p>
    </Bare>
  )
}
