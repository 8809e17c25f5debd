import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { Bare } from '#src/web/bare.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button } from '#src/web/ui/button.tsx'
import { CodeField } from '#src/web/ui/code-field.tsx'
import { Notice } from '#src/web/ui/feedback.tsx'
import { useView } from '#src/web/view.ts'

export type CodeProps = {
  request: string
  slug?: string | undefined
  /** What this browser asked with; another browser isn't told. */
  own?: { email: string; next_path: string | null } | undefined
  problem?: string | undefined
}

const MARK = '\u0001'

/** Who should look where: the typed address stands out. */
export const CodeLede: FC<{ email?: string | undefined }> = ({ email }) => {
  const { t, tenant } = useView()
  const minutes = tenant?.settings.linkMinutes ?? 30
  const values = { address: MARK, minutes, sure: tenant ? 'yes' : 'no' }
  const [before, after] = t('signIn.code.lede', values).split(MARK)
  return (
    <p class="lede mt-1.5">
      {before}
      {email ? (
        <strong class="break-words font-medium text-foreground">{email}</strong>
      ) : (
        t('signIn.code.thatAddress')
      )}
      {after}
    </p>
  )
}

export const CodeForm: FC<CodeProps> = ({ request, slug, problem }) => {
  const { t } = useView()
  return (
    <form method="post" action={paths.loginCode({ request, tenant: slug })} class="mt-7" novalidate>
      <Csrf />
      <CodeField
        id="code"
        label={t('signIn.code.label')}
        hint={t('signIn.code.hint')}
        error={problem}
        autofocus
      />
      <Button size="lg" class="mt-5 w-full">
        {t('signIn.code.submit')}
      </Button>
    </form>
  )
}

const Again: FC<{ own: NonNullable<CodeProps['own']>; slug?: string | undefined }> = ({ own, slug }) => {
  const { t } = useView()
  return (
    <form method="post" action={paths.login({ tenant: slug })}>
      <Csrf />
      <input type="hidden" name="email" value={own.email} />
      <input type="hidden" name="next" value={own.next_path ?? ''} />
      {t('signIn.code.nothing')}{' '}
      <button type="submit" class="link" name="again" value="yes">
        {t('signIn.code.again')}
      </button>
    </form>
  )
}

export const CodePage: FC<CodeProps> = (props) => {
  const { t, flash } = useView()
  const { own, slug } = props
  return (
    <Bare title={t('signIn.code.title')}>
      {flash && <Notice class="mb-6" icon="mail" title={flash} />}
      <h1>{t('signIn.code.title')}</h1>
      <CodeLede email={own?.email} />
      <CodeForm {...props} />
      <div class="mt-6 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted-foreground">
        {own && <Again own={own} slug={slug} />}
        <a class="link" href={paths.login({ tenant: slug, next: own?.next_path ?? undefined })}>
          {t('signIn.code.another')}
        </a>
      </div>
    </Bare>
  )
}
