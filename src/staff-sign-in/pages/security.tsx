import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { deviceName, deviceOf } from '#src/sign-in/device.ts'
import type { Account } from '#src/staff-sign-in/account.ts'
import { PreferencesForm } from '#src/staff-sign-in/pages/preferences.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { StaffPage } from '#src/web/staff-layout.tsx'
import { Badge } from '#src/web/ui/badge.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { PageHead } from '#src/web/ui/page.tsx'
import { useStaffView } from '#src/web/view.ts'

export type SecurityProps = {
  account: Account
  /** What is wrong with what was sent. */
  problem?: string | undefined
  passwordProblems?: { current?: string | undefined; password?: string | undefined }
}

const Factors: FC<{ account: Account }> = ({ account }) => {
  const { t, format } = useStaffView()
  const on = account.me.totp_confirmed_at
  return (
    <Card title={t('security.authenticator')} id="authenticator">
      <section class="grid gap-4">
        <p>
          {on
            ? t('security.authenticator.on', { when: format.moment(on, true) })
            : t('security.authenticator.off')}
        </p>
        <p>
          <LinkButton href={paths.staff.authenticator()} variant="outline">
            {on ? t('security.authenticator.change') : t('security.authenticator.turnOn')}
          </LinkButton>
        </p>
        {on && (
          <form method="post" action={paths.staff.recoveryCodes()} class="grid gap-2 border-t pt-4">
            <Csrf />
            <p>{t('security.recovery.left', { count: account.codesLeft })}</p>
            <p class="text-sm text-muted-foreground">{t('security.recovery.text')}</p>
            <p>
              <Button variant="outline">{t('security.recovery.new')}</Button>
            </p>
          </form>
        )}
      </section>
    </Card>
  )
}

const Passkeys: FC<{ account: Account }> = ({ account }) => {
  const { t, format } = useStaffView()
  return (
    <Card
      title={t('security.passkeys')}
      id="passkeys"
      link={{ href: paths.staff.newPasskey(), label: t('security.passkeys.add') }}
    >
      {account.passkeys.length === 0 ? (
        <section>
          <p class="text-muted-foreground">{t('security.passkeys.none')}</p>
        </section>
      ) : (
        <ul class="rows">
          {account.passkeys.map((passkey) => (
            <li>
              <form method="post" action={paths.staff.passkeyRemoval(passkey.id)} class="row">
                <Csrf />
                <Icon name="fingerprint" class="size-5 text-faint" />
                <p class="min-w-0 flex-1">
                  <span class="row-title" dir="auto">
                    {passkey.name}
                  </span>
                  <span class="row-meta block">
                    {passkey.last_used_at
                      ? t('security.passkeys.used', { when: format.moment(passkey.last_used_at, true) })
                      : t('security.passkeys.made', { when: format.moment(passkey.created_at, true) })}
                  </span>
                </p>
                <Button variant="outline" size="sm">
                  {t('security.passkeys.remove')}
                  <span class="sr-only"> {passkey.name}</span>
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

const Password: FC<SecurityProps> = ({ passwordProblems = {} }) => {
  const { t } = useStaffView()
  return (
    <Card title={t('security.password')} id="password-title">
      <section>
        <form method="post" action={paths.staff.passwordChange()} class="grid max-w-sm gap-4" novalidate>
          <Csrf />
          <TextField
            id="current"
            type="password"
            label={t('security.password.current')}
            error={passwordProblems.current}
            autocomplete="current-password"
            maxlength={200}
            required
          />
          <TextField
            id="password"
            type="password"
            label={t('staffSignIn.password.new')}
            hint={t('staffSignIn.password.hint')}
            error={passwordProblems.password}
            autocomplete="new-password"
            maxlength={200}
            required
          />
          <p>
            <Button variant="outline">{t('security.password.change')}</Button>
          </p>
        </form>
      </section>
    </Card>
  )
}

const Sessions: FC<{ account: Account }> = ({ account }) => {
  const { t, format, staff } = useStaffView()
  const { sessions } = account
  return (
    <Card
      title={t('security.sessions')}
      id="sessions"
      footer={
        sessions.length > 1 && (
          <form method="post" action={paths.staff.staffSessionEndings()}>
            <Csrf />
            <Button variant="outline" size="sm">
              {t('sessions.endOthers')}
            </Button>
          </form>
        )
      }
    >
      <ul class="rows">
        {sessions.map((session) => (
          <li>
            <form method="post" action={paths.staff.staffSessionEnding(session.id)} class="row">
              <Csrf />
              <Icon
                name={deviceOf(session.user_agent).phone ? 'smartphone' : 'monitor'}
                class="size-5 text-faint"
              />
              <p class="min-w-0 flex-1">
                <span class="font-medium">{deviceName(t, session.user_agent)}</span>
                <span class="row-meta sep block">
                  <span>{t('sessions.lastUsed', { when: format.moment(session.last_seen_at, true) })}</span>
                  {session.ip && <span class="num">{session.ip}</span>}
                </span>
              </p>
              {session.id === staff.sessionId ? (
                <Badge tone="success">{t('sessions.now')}</Badge>
              ) : (
                <Button variant="outline" size="sm">
                  {t('sessions.end')}
                </Button>
              )}
            </form>
          </li>
        ))}
      </ul>
    </Card>
  )
}

export const SecurityPage: FC<SecurityProps> = (props) => {
  const { t } = useStaffView()
  const { account, problem } = props
  return (
    <StaffPage title={t('staff.security')} narrow>
      <PageHead title={t('staff.security')} sub={t('security.lede')} />
      {problem && <Notice class="mb-5" icon="circle-alert" tone="danger" title={problem} />}
      <div class="grid gap-5">
        <Factors account={account} />
        <Passkeys account={account} />
        <Password {...props} />
        <Sessions account={account} />
        <PreferencesForm account={account} />
      </div>
    </StaffPage>
  )
}
