import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { paths } from '#src/paths.ts'
import { emailKey } from '#src/sign-in/address.ts'
import { noteStaffSignIn } from '#src/staff-sign-in/audit.ts'
import { staffVisit } from '#src/staff-sign-in/enter.ts'
import { accountKey, accountWait, blockWait } from '#src/staff-sign-in/limits.ts'
import { staffReturnPath } from '#src/staff-sign-in/next.ts'
import { StaffCodePage } from '#src/staff-sign-in/pages/code.tsx'
import { StaffLoginPage } from '#src/staff-sign-in/pages/login.tsx'
import { askOptions, checkPasskey } from '#src/staff-sign-in/passkeys.ts'
import { readStaffSession } from '#src/staff-sign-in/session.ts'
import { checkPassword, enterWithPasskey, factorsOf, finishWithCode } from '#src/staff-sign-in/sign-in.ts'
import type { Step } from '#src/staff-sign-in/steps.ts'
import { enter, slugOf, startOver, stepOf, tenantTyped, toSecondFactor } from '#src/staff-sign-in/way-in.ts'
import type { PublicContext, PublicEnv } from '#src/web/context.ts'
import { problem } from '#src/web/errors.tsx'
import { render, takeFlash } from '#src/web/render.tsx'

export const staffSignIn = new Hono<PublicEnv>()

const SENTENCES = ['staffSignIn.signedOut.done', 'staffSignIn.over.done'] as const

const purposeOf = (c: PublicContext) => `sign-in ${c.var.browser}`

type Shown = { typed?: { email: string; organization: string }; problem?: string; next?: string | undefined }

const showLogin = async (c: PublicContext, shown: Shown, status: 200 | 422 = 200) => {
  const passkey = await askOptions(c.var.site, purposeOf(c))
  return render(c, <StaffLoginPage slug={slugOf(c)} passkey={passkey} {...shown} />, status)
}

staffSignIn.get('/', async (c) => {
  const next = staffReturnPath(c.req.query('next'), c.var.site.origin)
  if (await readStaffSession(getCookie(c, c.var.site.cookies.staff)))
    return c.redirect(next ?? paths.staff.home(), 303)
  const left = takeFlash(c)
  const sentence = SENTENCES.find((key) => key === left)
  if (sentence) c.var.view.flash = c.var.view.t(sentence)
  return showLogin(c, { next })
})

/** Where the page that was asked for waits while the second factor is shown. */
const nextOf = (c: PublicContext) => staffReturnPath(c.var.form.get('next'), c.var.site.origin)

staffSignIn.post('/', async (c) => {
  const { form, address, site, view } = c.var
  const [email, password] = [form.get('email').trim().slice(0, 254), form.get('password')]
  const tenant = await tenantTyped(c)
  const account = accountKey(tenant?.id, emailKey(email))
  const blocked = await blockWait(address)
  if (blocked) return problem(c, 429, { minutes: blocked })
  const minutes = await accountWait(account, getCookie(c, site.cookies.staffKnown))
  if (minutes) {
    if (tenant)
      await noteStaffSignIn(tenant.id, { action: 'limited', emailKey: emailKey(email), ip: address })
    return problem(c, 429, { minutes })
  }
  const step = await checkPassword(tenant?.id, email, password, address)
  if (!tenant || !step) {
    const typed = { email, organization: form.get('organization') }
    return showLogin(c, { typed, problem: view.t('staffSignIn.wrong'), next: nextOf(c) }, 422)
  }
  return toSecondFactor(c, tenant, step, nextOf(c))
})

const showCode = async (c: PublicContext, { tenantId, staffId }: Step, wrong?: string) => {
  const { totp, passkey } = await factorsOf(tenantId, staffId)
  if (!totp && !passkey) return c.redirect(paths.staff.enrollment({ tenant: slugOf(c) }), 303)
  const options = passkey ? await askOptions(c.var.site, purposeOf(c)) : undefined
  return render(
    c,
    <StaffCodePage slug={slugOf(c)} totp={totp} passkey={options} problem={wrong} />,
    wrong ? 422 : 200,
  )
}

staffSignIn.get('/code', async (c) => {
  const found = await stepOf(c)
  return found ? showCode(c, found.step) : startOver(c)
})

staffSignIn.post('/code', async (c) => {
  const found = await stepOf(c)
  if (!found) return startOver(c)
  const minutes = await blockWait(c.var.address)
  if (minutes) return problem(c, 429, { minutes })
  const result = await finishWithCode(found.step, c.var.form.get('code'), staffVisit(c))
  if (result === 'over') return startOver(c)
  if (result === 'wrong') return showCode(c, found.step, c.var.view.t('staffSignIn.code.wrong'))
  return enter(c, result, found.next)
})

staffSignIn.post('/passkey', async (c) => {
  const minutes = await blockWait(c.var.address)
  if (minutes) return problem(c, 429, { minutes })
  const holder = await checkPasskey(c.var.site, c.var.form.get('passkey'), purposeOf(c))
  const { tenant, t } = c.var.view
  const here = holder && (!tenant || tenant.id === holder.tenantId)
  const entry = here ? await enterWithPasskey(holder, staffVisit(c)) : undefined
  if (!entry) return showLogin(c, { problem: t('staffSignIn.passkey.wrong'), next: nextOf(c) }, 422)
  return enter(c, entry, nextOf(c) ?? (await stepOf(c))?.next ?? paths.staff.home())
})
