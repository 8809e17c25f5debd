import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import type { Tired } from '#src/sign-in/codes.ts'
import type { Refusal } from '#src/sign-in/consume.ts'
import { Bare } from '#src/web/bare.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { useView } from '#src/web/view.ts'

/** Where the link to the portal stands in a sentence. */
const MARK = '\u0001'

type OverProps = {
  slug?: string | undefined
  own?: { email: string; next_path: string | null } | undefined
} & ({ by: 'link'; outcome: Refusal['outcome'] } | { by: 'code'; outcome: (Refusal | Tired)['outcome'] })

/** A link or code that signs nobody in. Whatever the reason, nothing but the one sentence differs. */
export const OverPage: FC<OverProps> = (props) => {
  const { t } = useView()
  const { slug, own } = props
  const values = { portal: MARK }
  const text =
    props.by === 'link'
      ? t(`signIn.over.link.${props.outcome}`, values)
      : t(`signIn.over.code.${props.outcome}`, values)
  const [before, after] = text.split(MARK)
  return (
    <Bare title={t('signIn.over.title')}>
      <h1>{t('signIn.over.heading')}</h1>
      <p class="lede mt-1.5">
        {before}
        {after !== undefined && (
          <a class="link" href={paths.home()}>
            {t('signIn.over.goOn')}
          </a>
        )}
        {after}
      </p>
      <div class="mt-6 flex flex-wrap gap-2">
        {own && (
          <form method="post" action={paths.login({ tenant: slug })}>
            <Csrf />
            <input type="hidden" name="email" value={own.email} />
            <input type="hidden" name="next" value={own.next_path ?? ''} />
            <Button>{t('signIn.over.sendNew')}</Button>
          </form>
        )}
        <LinkButton href={paths.login({ tenant: slug })} variant={own ? 'outline' : undefined}>
          {t('signIn.over.again')}
        </LinkButton>
      </div>
    </Bare>
  )
}
