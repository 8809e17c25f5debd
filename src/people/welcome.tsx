import { Hono } from 'hono'
import type { FC } from 'hono/jsx'
import { asSystem } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { readInvitation } from '#src/people/invitation-token.ts'
import { ask } from '#src/sign-in/ask.ts'
import { Bare } from '#src/web/bare.tsx'
import type { PublicContext, PublicEnv } from '#src/web/context.ts'
import { problem } from '#src/web/errors.tsx'
import { Csrf } from '#src/web/frame.tsx'
import { render } from '#src/web/render.tsx'
import { Button, LinkButton } from '#src/web/ui/button.tsx'
import { useView } from '#src/web/view.ts'

/**
 * Where an invitation leads. Its token is in the fragment and only fills in an address: what lets somebody in is the
 * mail that "Continue" sends there, so an invitation that is forwarded, scanned or sent twice opens nothing.
 */
const WelcomePage: FC<{ slug: string | undefined }> = ({ slug }) => {
  const { t, tenant } = useView()
  const name = tenant?.name ?? t('signIn.yourIt')
  return (
    <Bare title={t('people.welcome.title')}>
      <h1>{t('people.welcome.heading', { tenant: name })}</h1>
      <p class="lede mt-1.5">{tenant?.welcome ?? t('people.welcome.lede', { tenant: name })}</p>
      <sign-in-link>
        <div data-with-link hidden>
          <form method="post" action={paths.welcome({ tenant: slug })} class="mt-6">
            <Csrf />
            <input type="hidden" name="t" value="" />
            <Button size="lg" class="w-full">
              {t('people.welcome.continue')}
            </Button>
          </form>
          <p class="mt-5 text-sm text-muted-foreground">{t('people.welcome.how')}</p>
        </div>
        <div data-without-link>
          <p class="mt-6">
            <LinkButton href={paths.login({ tenant: slug })} size="lg" class="w-full">
              {t('people.welcome.signIn')}
            </LinkButton>
          </p>
        </div>
      </sign-in-link>
    </Bare>
  )
}

/** The address that an invitation of this tenant was sent for, as long as it counts. */
const invitedAddress = async (token: string, tenantId: string | undefined) => {
  const named = readInvitation(token)
  if (!named || named.tenantId !== tenantId) return undefined
  const person = await asSystem(
    'an invitation is opened',
    (db) =>
      db
        .selectFrom('contact')
        .select('email')
        .where('invitation_id', '=', named.invitationId)
        .executeTakeFirst(),
    named.tenantId,
  )
  return person?.email ?? undefined
}

const slugOf = (c: PublicContext) => (c.req.query('tenant') ? c.var.view.tenant?.slug : undefined)

export const welcome = new Hono<PublicEnv>()

welcome.use(async (c, next) => {
  c.header('referrer-policy', 'no-referrer')
  c.header('x-robots-tag', 'noindex')
  await next()
})

welcome.get('/', (c) => render(c, <WelcomePage slug={slugOf(c)} />))

welcome.post('/', async (c) => {
  const slug = slugOf(c)
  const address = await invitedAddress(c.var.form.get('t'), c.var.view.tenant?.id)
  if (!address) return c.redirect(paths.login({ tenant: slug }), 303)
  const asked = await ask(c, address)
  if ('minutes' in asked) return problem(c, 429, { minutes: asked.minutes })
  if ('problem' in asked) return c.redirect(paths.login({ tenant: slug }), 303)
  return c.redirect(paths.loginCode({ request: asked.request, tenant: slug }), 303)
})
