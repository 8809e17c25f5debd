import type { FC } from 'hono/jsx'
import type { Mailer } from '#src/mail/mailer.ts'
import type { Tried } from '#src/mail/try.ts'
import { paths } from '#src/paths.ts'
import type { Problems } from '#src/settings/check.ts'
import type { MailTyped } from '#src/settings/mail-form.ts'
import { Optional, SettingsPage, useField } from '#src/settings/pages/frame.tsx'
import type { secretsThere } from '#src/settings/secrets.ts'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Choices, SelectField } from '#src/web/ui/choice.tsx'
import { Card } from '#src/web/ui/content.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { useStaffView } from '#src/web/view.ts'

type Secrets = Awaited<ReturnType<typeof secretsThere>>
type Props = {
  typed: MailTyped
  problems?: Problems | undefined
  mailer: Mailer | undefined
  secrets: Secrets
  tried?: Tried | undefined
  /** Whether the installation has a mail server for those that set none. */
  fallback: boolean
}
type FormProps = Pick<Props, 'typed' | 'secrets'> & { problems: Problems }

const useSecretHint = (secrets: Secrets) => {
  const { t, format } = useStaffView()
  return (name: 'smtp-password' | 'graph-secret') => {
    const kept = secrets.get(name)
    return kept ? t('settings.secret.kept', { when: format.moment(kept.set_at, true) }) : undefined
  }
}

const Smtp: FC<FormProps> = ({ typed, problems, secrets }) => {
  const { t } = useStaffView()
  const field = useField(typed, problems)
  const hint = useSecretHint(secrets)('smtp-password')
  return (
    <fieldset class="grid gap-5">
      <legend class="mb-3 font-semibold">{t('settings.mail.by.smtp')}</legend>
      <div class="grid gap-5 sm:grid-cols-[minmax(0,1fr)_7rem]">
        <TextField {...field('smtpHost')} placeholder="smtp.example.com" maxlength={253} />
        <TextField {...field('smtpPort')} inputmode="numeric" maxlength={5} />
      </div>
      <SelectField
        {...field('smtpSecurity')}
        options={(['starttls', 'tls', 'none'] as const).map((value) => ({
          value,
          label: t(`settings.mail.security.${value}`),
        }))}
      />
      <TextField
        {...field('smtpUser')}
        label={<Optional label={t('settings.field.smtpUser')} />}
        autocomplete="off"
        maxlength={254}
      />
      <TextField
        {...field('smtpPassword')}
        value=""
        hint={hint}
        type="password"
        autocomplete="new-password"
        maxlength={500}
      />
      <TextField {...field('smtpFrom')} type="email" maxlength={254} />
    </fieldset>
  )
}

const Graph: FC<FormProps> = ({ typed, problems, secrets }) => {
  const { t } = useStaffView()
  const field = useField(typed, problems)
  const hint = useSecretHint(secrets)('graph-secret')
  return (
    <fieldset class="grid gap-5">
      <legend class="mb-1 font-semibold">{t('settings.mail.by.graph')}</legend>
      <p class="text-sm text-muted-foreground">{t('settings.mail.graphHint')}</p>
      <TextField {...field('graphDirectory')} autocomplete="off" maxlength={200} />
      <TextField {...field('graphClient')} autocomplete="off" maxlength={100} />
      <TextField
        {...field('graphSecret')}
        value=""
        hint={hint}
        type="password"
        autocomplete="new-password"
        maxlength={500}
      />
      <TextField {...field('graphFrom')} type="email" maxlength={254} />
    </fieldset>
  )
}

const Outcome: FC<{ tried: Tried }> = ({ tried }) => {
  const { t, staff } = useStaffView()
  const good = tried.outcome === 'sent' || tried.outcome === 'mailbox'
  return (
    <Notice
      icon={good ? 'circle-check' : 'circle-alert'}
      tone={good ? 'success' : 'danger'}
      title={t(`settings.mail.test.${tried.outcome}`, { email: staff.email })}
    >
      {tried.answer && t('settings.mail.test.answer', { answer: tried.answer })}
    </Notice>
  )
}

export const MailPage: FC<Props> = ({ typed, problems = {}, mailer, secrets, tried, fallback }) => {
  const { t, staff } = useStaffView()
  const by = typed.by === 'graph' ? 'graph' : 'smtp'
  return (
    <SettingsPage tab="mail" problems={problems}>
      {tried && <Outcome tried={tried} />}
      <Card>
        <section>
          <p class="mb-5 text-muted-foreground">
            {t(mailer ? 'settings.mail.own' : fallback ? 'settings.mail.fallback' : 'settings.mail.nothing')}
          </p>
          <form method="post" action={paths.staff.settingsOf('mail')} class="grid gap-7" novalidate>
            <Csrf />
            <Choices
              legend={t('settings.mail.by')}
              name="by"
              value={by}
              items={(['smtp', 'graph'] as const).map((value) => ({
                value,
                label: t(`settings.mail.by.${value}`),
                hint: t(`settings.mail.by.${value}.hint`),
              }))}
            />
            <Smtp typed={typed} problems={problems} secrets={secrets} />
            <Graph typed={typed} problems={problems} secrets={secrets} />
            <div>
              <Button>{t('form.save')}</Button>
            </div>
          </form>
        </section>
      </Card>
      <Card title={t('settings.mail.test')} id="test">
        <section>
          <p class="mb-4 text-muted-foreground">{t('settings.mail.testText', { email: staff.email })}</p>
          <div class="flex flex-wrap gap-3">
            <form method="post" action={paths.staff.settingsDo('mail', 'tests')}>
              <Csrf />
              <Button variant="outline" icon="send">
                {t('settings.mail.send')}
              </Button>
            </form>
            {mailer && (
              <form method="post" action={paths.staff.settingsDo('mail', 'removal')}>
                <Csrf />
                <Button variant="ghost" icon="trash-2">
                  {t('settings.mail.remove')}
                </Button>
              </form>
            )}
          </div>
        </section>
      </Card>
    </SettingsPage>
  )
}
