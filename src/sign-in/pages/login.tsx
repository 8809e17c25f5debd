import type { FC } from 'hono/jsx'
import type { MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import { Bare } from '#src/web/bare.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { TextField } from '#src/web/ui/field.tsx'
import { useView } from '#src/web/view.ts'

export type LoginProps = {
  /** The tenant that the address names, to be named again. */
  slug?: string | undefined
  next?: string | undefined
  typed?: string
  problem?: MessageKey | undefined
}

export const LoginPage: FC<LoginProps> = ({ slug, next, typed, problem }) => {
  const { t, tenant, flash } = useView()
  const ended = flash === t('signIn.ended.done')
  const name = tenant?.name ?? t('signIn.yourIt')
  return (
    <Bare title={t('signIn.title')}>
      {flash && (
        <Notice
          class="mb-6"
          icon={ended ? 'circle-alert' : 'circle-check'}
          tone={ended ? 'attention' : 'success'}
          title={flash}
        />
      )}
      <h1>{t('signIn.heading')}</h1>
      <p class="lede mt-1.5">{t('signIn.lede', { tenant: name })}</p>
      <form method="post" action={paths.login({ tenant: slug })} class="mt-7 grid gap-4" novalidate>
        <Csrf />
        {next && <input type="hidden" name="next" value={next} />}
        <TextField
          id="email"
          type="email"
          label={t('signIn.email')}
          hint={t('signIn.email.hint', { tenant: name })}
          error={problem && t(problem)}
          value={typed}
          autocomplete="email"
          inputmode="email"
          required
          autofocus
          large
        />
        <Button size="lg" class="w-full">
          {t('signIn.send')}
        </Button>
      </form>
    </Bare>
  )
}
