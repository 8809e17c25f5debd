import { Hono } from 'hono'
import { addressProblem, emailKey } from '#src/sign-in/address.ts'
import { blockWait } from '#src/staff-sign-in/limits.ts'
import { acceptInvitation, resetPassword } from '#src/staff-sign-in/new-password.ts'
import {
  InvitationPage,
  LinkOverPage,
  NewPasswordPage,
  ResetPage,
  ResetSentPage,
} from '#src/staff-sign-in/pages/links.tsx'
import { passwordProblem } from '#src/staff-sign-in/password.ts'
import { askForReset } from '#src/staff-sign-in/reset.ts'
import { readStep, type Step } from '#src/staff-sign-in/steps.ts'
import { slugOf, tenantTyped, toSecondFactor } from '#src/staff-sign-in/way-in.ts'
import type { PublicContext, PublicEnv } from '#src/web/context.ts'
import { problem } from '#src/web/errors.tsx'
import { render } from '#src/web/render.tsx'

/** What mails lead to: a new password, and an invitation. */
export const staffLinks = new Hono<PublicEnv>()

staffLinks.use('/reset/new', async (c, next) => {
  c.header('referrer-policy', 'no-referrer')
  c.header('x-robots-tag', 'noindex')
  await next()
})
staffLinks.use('/invitation', async (c, next) => {
  c.header('referrer-policy', 'no-referrer')
  c.header('x-robots-tag', 'noindex')
  await next()
})

staffLinks.get('/reset', (c) => render(c, <ResetPage slug={slugOf(c)} />))

staffLinks.post('/reset', async (c) => {
  const email = c.var.form.get('email').trim()
  const minutes = await blockWait(c.var.address)
  if (minutes) return problem(c, 429, { minutes })
  const wrong = addressProblem(email)
  if (wrong) return render(c, <ResetPage slug={slugOf(c)} typed={email} problem={c.var.view.t(wrong)} />, 422)
  const tenant = await tenantTyped(c)
  if (tenant) await askForReset(tenant.id, emailKey(email), c.var.address)
  return render(c, <ResetSentPage slug={slugOf(c)} />)
})

/** What a form of a link brings: its secret, and the step that this opens. */
const opened = async (c: PublicContext, kind: 'reset' | 'invitation') => {
  const token = c.var.form.get('t') || c.var.form.get('key').trim()
  const step = await readStep(kind, token)
  const { tenant } = c.var.view
  return step && (!tenant || tenant.id === step.tenantId) ? { token, step } : undefined
}

const over = (c: PublicContext) => render(c, <LinkOverPage slug={slugOf(c)} />, 422)

/** What anybody knows of her: no part of it makes a password. */
const ownWords = (c: PublicContext, { name, email }: Step) => [name, email, c.var.view.tenant?.name ?? '']

const goOn = (c: PublicContext, { tenantId }: Step, next: string | undefined) =>
  next ? toSecondFactor(c, { id: tenantId, slug: c.var.view.tenant?.slug }, next) : over(c)

staffLinks.get('/reset/new', (c) => render(c, <NewPasswordPage slug={slugOf(c)} />))

staffLinks.post('/reset/new', async (c) => {
  const found = await opened(c, 'reset')
  if (!found) return over(c)
  const password = c.var.form.get('password')
  const wrong = passwordProblem(password, ownWords(c, found.step))
  if (wrong) {
    const props = { slug: slugOf(c), token: found.token, problem: c.var.view.t(wrong) }
    return render(c, <NewPasswordPage {...props} />, 422)
  }
  return goOn(c, found.step, await resetPassword(found.step, password, c.var.address))
})

staffLinks.get('/invitation', (c) => render(c, <InvitationPage slug={slugOf(c)} />))

staffLinks.post('/invitation', async (c) => {
  const { form, view, address } = c.var
  const found = await opened(c, 'invitation')
  if (!found) return over(c)
  const [name, password] = [form.get('name').trim(), form.get('password')]
  const wrong = passwordProblem(password, [...ownWords(c, found.step), name])
  const noName = name === '' || name.length > 200
  if (wrong || noName) {
    const problems = { name: noName ? view.t('form.required') : undefined, password: wrong && view.t(wrong) }
    return render(
      c,
      <InvitationPage slug={slugOf(c)} token={found.token} name={name} problems={problems} />,
      422,
    )
  }
  return goOn(c, found.step, await acceptInvitation(found.step, { name, password, ip: address }))
})
