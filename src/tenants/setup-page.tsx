import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import {
  type Problems,
  SCREENS,
  type Screen,
  type SetupField,
  type Typed,
  timeZones,
} from '#src/tenants/setup-form.ts'
import { Bare } from '#src/web/bare.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { SelectField } from '#src/web/ui/choice.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import { Field, TextArea, TextField, wired } from '#src/web/ui/field.tsx'
import { useView } from '#src/web/view.ts'

export type SetupProps = { screen: Screen; typed: Typed; problems: Problems; token?: string }

/** What the fields of the form have in common: id, value and what is wrong. */
const useField = ({ typed, problems }: SetupProps) => {
  const { t } = useView()
  return (id: SetupField) => {
    const problem = problems[id]
    return { id, value: typed[id], error: problem && t(problem.key, problem.values) }
  }
}

const Summary: FC<{ problems: Problems }> = ({ problems }) => {
  const { t } = useView()
  const errors = Object.entries(problems).map(([field, { key, values }]) => ({
    field,
    message: t(key, values),
  }))
  if (errors.length < 2) return null
  return <ErrorSummary title={t('form.problems', { count: errors.length })} errors={errors} />
}

const Optional: FC<{ label: string }> = ({ label }) => {
  const { t } = useView()
  return (
    <>
      {label} <span class="font-normal text-faint">({t('form.optional')})</span>
    </>
  )
}

const Business: FC<SetupProps> = (props) => {
  const { t } = useView()
  const field = useField(props)
  return (
    <>
      <TextField {...field('name')} label={t('setup.name')} autocomplete="organization" required autofocus />
      <TextField
        {...field('slug')}
        label={<Optional label={t('setup.slug')} />}
        hint={t('setup.slug.hint')}
      />
      <TextField
        {...field('supportEmail')}
        type="email"
        label={t('setup.supportEmail')}
        hint={t('setup.supportEmail.hint')}
        required
      />
      <TextField {...field('supportPhone')} type="tel" label={<Optional label={t('setup.supportPhone')} />} />
      <SelectField
        {...field('timeZone')}
        label={t('setup.timeZone')}
        options={timeZones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
    </>
  )
}

const Brand: FC<SetupProps> = (props) => {
  const { t } = useView()
  const field = useField(props)
  const color = field('brandColor')
  return (
    <>
      <Field
        id="brandColor"
        label={t('setup.brandColor')}
        hint={t('setup.brandColor.hint')}
        error={color.error}
      >
        <input
          {...wired({ ...color, hint: t('setup.brandColor.hint') })}
          class="input w-32"
          type="color"
          name="brandColor"
          value={color.value}
        />
      </Field>
      <TextField
        {...field('deskHours')}
        label={<Optional label={t('setup.deskHours')} />}
        hint={t('setup.deskHours.hint')}
        maxlength={200}
      />
      <TextArea
        {...field('welcome')}
        label={<Optional label={t('setup.welcome')} />}
        hint={t('setup.welcome.hint')}
        maxlength={1000}
      />
    </>
  )
}

const Administrator: FC<SetupProps> = (props) => {
  const { t } = useView()
  const field = useField(props)
  const { id, error } = field('password')
  return (
    <>
      <TextField
        {...field('adminName')}
        label={t('setup.adminName')}
        autocomplete="name"
        required
        autofocus
      />
      <TextField
        {...field('adminEmail')}
        type="email"
        label={t('setup.adminEmail')}
        hint={t('setup.adminEmail.hint')}
        autocomplete="username"
        required
      />
      <TextField
        id={id}
        error={error}
        type="password"
        label={t('setup.password')}
        hint={t('staffSignIn.password.hint')}
        autocomplete="new-password"
        maxlength={200}
        required
      />
    </>
  )
}

const ASKS = [Business, Brand, Administrator] as const

/** What the other screens asked, on its way; never the password. */
const Carried: FC<SetupProps> = ({ screen, typed }) => (
  <>
    {SCREENS.flatMap((fields, at) => (at + 1 === screen ? [] : [...fields]))
      .filter((name) => name !== 'password')
      .map((name) => (
        <input type="hidden" name={name} value={typed[name]} />
      ))}
  </>
)

export const SetupPage: FC<SetupProps> = (props) => {
  const { t } = useView()
  const { screen, token, problems } = props
  const Asks = ASKS[screen - 1] ?? Business
  return (
    <Bare title={t('setup.title')} wide>
      <p class="eyebrow">{t('setup.screen', { screen })}</p>
      <h1>{t(`setup.screen.${screen}`)}</h1>
      <p class="lede mt-1.5">{t(`setup.screen.${screen}.lede`)}</p>
      <sign-in-link>
        <p class="mt-4 text-destructive" data-without-link hidden>
          {t('setup.missing')}
        </p>
        <form method="post" action={paths.setup()} class="mt-7 grid gap-4" novalidate>
          <Csrf />
          <input type="hidden" name="t" value={token ?? ''} />
          <input type="hidden" name="screen" value={String(screen)} />
          <Carried {...props} />
          <Summary problems={problems} />
          <Asks {...props} />
          <noscript>
            <TextField id="key" label={t('setup.key')} hint={t('setup.key.hint')} value={token} />
          </noscript>
          <div class="mt-3 flex flex-wrap gap-2">
            <Button size="lg">{screen === 3 ? t('setup.submit') : t('setup.next')}</Button>
            {screen > 1 && (
              <Button size="lg" variant="ghost" name="back" value="yes">
                {t('setup.back')}
              </Button>
            )}
          </div>
        </form>
      </sign-in-link>
    </Bare>
  )
}

export const NoLinkPage: FC = () => {
  const { t } = useView()
  return (
    <Bare title={t('setup.noLink.title')}>
      <h1>{t('setup.noLink.title')}</h1>
      <p class="lede mt-1.5">{t('setup.noLink.text')}</p>
      <p class="mt-6">
        <LinkButton href={paths.staff.login()} variant="outline">
          {t('setup.noLink.login')}
        </LinkButton>
      </p>
    </Bare>
  )
}
