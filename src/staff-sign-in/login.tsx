import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import { paths } from '#src/paths.ts'
import { emailKey } from '#src/sign-in/address.ts'
import { deviceName } from '#src/sign-in/device.ts'
import { noteStaffSignIn } from '#src/staff-sign-in/audit.ts'
import { keepStep, letStaffIn, type StaffEntry, staffVisit } from '#src/staff-sign-in/enter.ts'
import { accountKey, accountWait, blockWait } from '#src/staff-sign-in/limits.ts'
import { staffReturnPath } from '#src/staff-sign-in/next.ts'
import { StaffCodePage } from '#src/staff-sign-in/pages/code.tsx'
import { EnrollPage, RecoveryPage } from '#src/staff-sign-in/pages/enroll.tsx'
import { StaffLoginPage } from '#src/staff-sign-in/pages/login.tsx'
import { askOptions, checkPasskey, makeOptions } from '#src/staff-sign-in/passkeys.ts'
import { readStaffSession } from '#src/staff-sign-in/session.ts'
import {
  checkPassword,
  enrollPasskey,
  enrollTotp,
  enterWithPasskey,
  factorsOf,
  finishWithCode,
  offeredSecret,
} from '#src/staff-sign-in/sign-in.ts'
import { readStep, type Step } from '#src/staff-sign-in/steps.ts'
import { tenantBySlug } from '#src/tenants/tenant.ts'
import type { PublicContext, PublicEnv } from '#src/web/context.ts'
import { problem } from '#src/web/errors.tsx'
import { flash, render, takeFlash } from '#src/web/render.tsx'

export const staffSignIn = new Hono<PublicEnv>()

/** The tenant that the address names: the next page's address names it again. */
export const slugOf = (c: PublicContext) => (c.req.query('tenant') ? c.var.view.tenant?.slug : undefined)

const SENTENCES = ['staffSignIn.signedOut.done', 'staffSignIn.over.done'] as const

/** The tenant of this page, or the one that was typed where there are several. */
export const tenantTyped = async (c: PublicContext) =>
  c.var.view.tenant ?? (await tenantBySlug(c.var.form.get('organization').trim().toLowerCase()))

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

/** On to the second factor, or to making one. */
export const toSecondFactor = (
  c: PublicContext,
  tenant: { id: string; slug: string | undefined },
  step: string,
  next?: string,
) => {
  keepStep(c, tenant.id, step, next)
  return c.redirect(paths.staff.loginCode({ tenant: tenant.slug }), 303)
}

/** The step that this browser's cookie opens, and where it wanted to go. */
const stepOf = async (c: PublicContext): Promise<{ step: Step; next: string } | undefined> => {
  const [token, next] = (getCookie(c, c.var.site.cookies.staffStep) ?? '').split('~')
  const step = await readStep('second-factor', token)
  return step && { step, next: staffReturnPath(next, c.var.site.origin) ?? paths.staff.home() }
}

const startOver = (c: PublicContext) => {
  flash(c, 'staffSignIn.over.done')
  return c.redirect(paths.staff.login({ tenant: slugOf(c) }), 303)
}

const enter = (c: PublicContext, entry: StaffEntry, next: string) => {
  letStaffIn(c, entry)
  return c.redirect(next, 303)
}

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

const enrollPurpose = (step: Step) => `enroll ${step.id}`

/** Only for who has no second factor yet: others can't change theirs with a password alone. */
const newcomer = async (c: PublicContext) => {
  const found = await stepOf(c)
  if (!found) return undefined
  const { totp, passkey } = await factorsOf(found.step.tenantId, found.step.staffId)
  return totp || passkey ? undefined : found
}

const showEnrollment = async (c: PublicContext, step: Step, wrong?: string) => {
  const issuer = c.var.view.tenant?.name ?? 'Client Portal'
  const passkey = await makeOptions(c.var.site, enrollPurpose(step), step, issuer)
  const secret = await offeredSecret(step)
  return render(
    c,
    <EnrollPage slug={slugOf(c)} secret={secret} email={step.email} passkey={passkey} problem={wrong} />,
    wrong ? 422 : 200,
  )
}

staffSignIn.get('/enrollment', async (c) => {
  const found = await newcomer(c)
  return found ? showEnrollment(c, found.step) : startOver(c)
})

staffSignIn.post('/enrollment', async (c) => {
  const found = await newcomer(c)
  if (!found) return startOver(c)
  const result = await enrollTotp(found.step, c.var.form.get('code'), staffVisit(c))
  if (result === 'over') return startOver(c)
  if (result === 'wrong') return showEnrollment(c, found.step, c.var.view.t('staffSignIn.code.wrong'))
  letStaffIn(c, result.entry)
  return render(c, <RecoveryPage codes={result.codes} next={found.next} />)
})

staffSignIn.post('/enrollment/passkey', async (c) => {
  const found = await newcomer(c)
  if (!found) return startOver(c)
  const name = deviceName(c.var.view.t, c.req.header('user-agent'))
  const given = { json: c.var.form.get('newPasskey'), purpose: enrollPurpose(found.step), name }
  const entry = await enrollPasskey(found.step, c.var.site, given, staffVisit(c))
  if (!entry) return showEnrollment(c, found.step, c.var.view.t('staffSignIn.passkey.wrong'))
  return enter(c, entry, found.next)
})
