import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { type Problems, type SetupField, type Typed, timeZones } from '#src/tenants/setup-form.ts'
import { Bare } from '#src/web/bare.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { SelectField } from '#src/web/ui/choice.tsx'
import { ErrorSummary } from '#src/web/ui/feedback.tsx'
import { Field, TextField, wired } from '#src/web/ui/field.tsx'
import { useView } from '#src/web/view.ts'

export type SetupProps = { typed: Typed; problems: Problems; token?: string }

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
  const color = field('brandColor')
  return (
    <fieldset class="grid gap-4">
      <legend class="mb-3 font-semibold">{t('setup.you')}</legend>
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
      <div class="grid gap-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
        <Field id="brandColor" label={t('setup.brandColor')} error={color.error}>
          <input {...wired(color)} class="input" type="color" name="brandColor" value={color.value} />
        </Field>
        <SelectField
          {...field('timeZone')}
          label={t('setup.timeZone')}
          options={timeZones().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
        />
      </div>
    </fieldset>
  )
}

const Person: FC<SetupProps> = (props) => {
  const { t } = useView()
  const field = useField(props)
  return (
    <fieldset class="grid gap-4">
      <legend class="mb-3 font-semibold">{t('setup.first')}</legend>
      <TextField
        {...field('companyName')}
        label={t('setup.companyName')}
        hint={t('setup.companyName.hint')}
        required
      />
      <TextField {...field('contactName')} label={t('setup.contactName')} required />
      <TextField
        {...field('contactEmail')}
        type="email"
        label={t('setup.contactEmail')}
        hint={t('setup.contactEmail.hint')}
        required
      />
    </fieldset>
  )
}

export const SetupPage: FC<SetupProps> = (props) => {
  const { t } = useView()
  return (
    <Bare title={t('setup.title')} wide>
      <h1>{t('setup.title')}</h1>
      <p class="lede mt-1.5">{t('setup.lede')}</p>
      <sign-in-link>
        <p class="mt-4 text-destructive" data-without-link hidden>
          {t('setup.missing')}
        </p>
        <form method="post" action={paths.setup()} class="mt-7 grid gap-8" novalidate>
          <Csrf />
          <input type="hidden" name="t" value={props.token ?? ''} />
          <Summary problems={props.problems} />
          <Business {...props} />
          <Person {...props} />
          <noscript>
            <TextField id="key" label={t('setup.key')} hint={t('setup.key.hint')} value={props.token} />
          </noscript>
          <Button size="lg">{t('setup.submit')}</Button>
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
        <LinkButton href={paths.login()} variant="outline">
          {t('setup.noLink.login')}
        </LinkButton>
      </p>
    </Bare>
  )
}

export const DonePage: FC = () => {
  const { t, tenant } = useView()
  const name = tenant?.name ?? t('signIn.yourIt')
  return (
    <Bare title={t('setup.done.title', { tenant: name })} wide>
      <h1>{t('setup.done.title', { tenant: name })}</h1>
      <p class="lede mt-1.5">{t('setup.done.text')}</p>
      {tenant && <p class="lede mt-3">{t('setup.done.import', { slug: tenant.slug })}</p>}
      <p class="mt-6">
        <LinkButton href={paths.login({ tenant: tenant?.slug })} size="lg">
          {t('setup.done.login')}
        </LinkButton>
      </p>
    </Bare>
  )
}
