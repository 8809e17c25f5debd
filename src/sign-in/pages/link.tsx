import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { Bare } from '#src/web/bare.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { useView } from '#src/web/view.ts'

/**
 * Where a link leads. The secret is in the fragment, which no server sees; the island puts it into the form when a person
 * presses the button, so whoever only opens links, scripts or not, uses nothing up. It can't say for whom it is.
 */
export const LinkPage: FC<{ slug?: string | undefined }> = ({ slug }) => {
  const { t } = useView()
  return (
    <Bare title={t('signIn.link.title')}>
      <h1>{t('signIn.link.heading')}</h1>
      <noscript>
        <p class="lede mt-1.5">{t('signIn.link.noScript')}</p>
      </noscript>
      <sign-in-link>
        <div data-with-link hidden>
          <p class="lede mt-1.5">{t('signIn.link.lede')}</p>
          <form method="post" action={paths.loginVerify({ tenant: slug })} class="mt-6">
            <Csrf />
            <input type="hidden" name="t" value="" />
            <Button size="lg" class="w-full">
              {t('signIn.link.continue')}
            </Button>
          </form>
          <p class="mt-5 text-sm text-muted-foreground">{t('signIn.link.notYou')}</p>
        </div>
        <div data-without-link hidden>
          <p class="lede mt-1.5">{t('signIn.link.missing')}</p>
          <p class="mt-6">
            <LinkButton href={paths.login({ tenant: slug })} variant="outline">
              {t('signIn.over.again')}
            </LinkButton>
          </p>
        </div>
      </sign-in-link>
    </Bare>
  )
}
