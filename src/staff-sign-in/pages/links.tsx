import type { Child, FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { Organization } from '#src/staff-sign-in/pages/login.tsx'
import { Bare } from '#src/web/bare.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { useView } from '#src/web/view.ts'

type Slug = { slug?: string | undefined }

export const ResetPage: FC<Slug & { problem?: string | undefined; typed?: string }> = ({
  slug,
  problem,
  typed,
}) => {
  const { t } = useView()
  return (
    <Bare title={t('staffSignIn.reset.title')}>
      <h1>{t('staffSignIn.reset.title')}</h1>
      <p class="lede mt-1.5">{t('staffSignIn.reset.lede')}</p>
      <form method="post" action={paths.staff.reset({ tenant: slug })} class="mt-7 grid gap-4" novalidate>
        <Csrf />
        <Organization />
        <TextField
          id="email"
          type="email"
          label={t('staffSignIn.email')}
          error={problem}
          value={typed}
          autocomplete="username"
          inputmode="email"
          required
          autofocus
          large
        />
        <Button size="lg">{t('staffSignIn.reset.submit')}</Button>
      </form>
      <BackLink slug={slug} />
    </Bare>
  )
}

const BackLink: FC<Slug> = ({ slug }) => (
  <p class="mt-6 text-sm">
    <a class="link" href={paths.staff.login({ tenant: slug })}>
      {useView().t('staffSignIn.reset.back')}
    </a>
  </p>
)

export const ResetSentPage: FC<Slug> = ({ slug }) => {
  const { t } = useView()
  return (
    <Bare title={t('staffSignIn.reset.sent.title')}>
      <h1>{t('staffSignIn.reset.sent.title')}</h1>
      <p class="lede mt-1.5">{t('staffSignIn.reset.sent.lede')}</p>
      <BackLink slug={slug} />
    </Bare>
  )
}

/** The link was used, or its time is over. */
export const LinkOverPage: FC<Slug> = ({ slug }) => {
  const { t } = useView()
  return (
    <Bare title={t('staffSignIn.link.over.title')}>
      <h1>{t('staffSignIn.link.over.title')}</h1>
      <p class="lede mt-1.5">{t('staffSignIn.link.over.text')}</p>
      <p class="mt-6">
        <LinkButton href={paths.staff.login({ tenant: slug })} variant="outline">
          {t('staffSignIn.reset.back')}
        </LinkButton>
      </p>
    </Bare>
  )
}

type LinkFormProps = {
  title: string
  lede: string
  action: string
  submit: string
  /** The secret of a form that comes back. */
  token?: string | undefined
  children?: Child
}

/** A page that a mail's link opens: its secret is in the fragment and travels only when the form is sent. */
const LinkForm: FC<LinkFormProps> = ({ title, lede, action, submit, token, children }) => {
  const { t } = useView()
  return (
    <Bare title={title}>
      <h1>{title}</h1>
      <p class="lede mt-1.5">{lede}</p>
      <sign-in-link>
        <p class="mt-4 text-destructive" data-without-link hidden>
          {t('staffSignIn.link.missing')}
        </p>
        <form method="post" action={action} class="mt-7 grid gap-4" novalidate>
          <Csrf />
          <input type="hidden" name="t" value={token ?? ''} />
          {children}
          <noscript>
            <TextField
              id="key"
              label={t('staffSignIn.link.key')}
              hint={t('staffSignIn.link.key.hint')}
              value={token}
            />
          </noscript>
          <Button size="lg">{submit}</Button>
        </form>
      </sign-in-link>
    </Bare>
  )
}

const NewPassword: FC<{ problem?: string | undefined; autofocus?: boolean }> = ({ problem, autofocus }) => {
  const { t } = useView()
  return (
    <TextField
      id="password"
      type="password"
      label={t('staffSignIn.password.new')}
      hint={t('staffSignIn.password.hint')}
      error={problem}
      autocomplete="new-password"
      maxlength={200}
      required
      autofocus={autofocus}
      large
    />
  )
}

export const NewPasswordPage: FC<Slug & { token?: string; problem?: string | undefined }> = (props) => {
  const { t } = useView()
  return (
    <LinkForm
      title={t('staffSignIn.reset.title')}
      lede={t('staffSignIn.reset.new.lede')}
      action={paths.staff.newPassword({ tenant: props.slug })}
      submit={t('staffSignIn.reset.save')}
      token={props.token}
    >
      <NewPassword problem={props.problem} autofocus />
    </LinkForm>
  )
}

type InvitationProps = Slug & {
  token?: string
  name?: string
  problems?: { name?: string | undefined; password?: string | undefined }
}

export const InvitationPage: FC<InvitationProps> = ({ slug, token, name, problems }) => {
  const { t, tenant } = useView()
  return (
    <LinkForm
      title={t('staffSignIn.invitation.title')}
      lede={t('staffSignIn.invitation.lede', { tenant: tenant?.name ?? 'Client Portal' })}
      action={paths.staff.invitation({ tenant: slug })}
      submit={t('staffSignIn.invitation.submit')}
      token={token}
    >
      <TextField
        id="name"
        label={t('staffSignIn.invitation.name')}
        error={problems?.name}
        value={name}
        autocomplete="name"
        maxlength={200}
        required
        autofocus
        large
      />
      <NewPassword problem={problems?.password} />
    </LinkForm>
  )
}
