import { Hono } from 'hono'
import { paths } from '#src/paths.ts'
import { CannotUnseal, seal, unseal } from '#src/seal.ts'
import { deviceName } from '#src/sign-in/device.ts'
import {
  changeAuthenticator,
  changePassword,
  keepPasskey,
  newRecoveryCodes,
  readAccount,
  removePasskey,
  savePreferences,
} from '#src/staff-sign-in/account.ts'
import { endOtherSessions, endStaffSession } from '#src/staff-sign-in/endings.ts'
import { AuthenticatorPage, NewPasskeyPage, OwnRecoveryPage } from '#src/staff-sign-in/pages/own-factors.tsx'
import { SecurityPage, type SecurityProps } from '#src/staff-sign-in/pages/security.tsx'
import { makeOptions } from '#src/staff-sign-in/passkeys.ts'
import { passwordProblem } from '#src/staff-sign-in/password.ts'
import { preferencesIn } from '#src/staff-sign-in/preferences.ts'
import { newSecret } from '#src/staff-sign-in/totp.ts'
import type { StaffContext, StaffEnv } from '#src/web/context.ts'
import { notFound, problem } from '#src/web/errors.tsx'
import { overRate } from '#src/web/rate.ts'
import { flash, render } from '#src/web/render.tsx'
import { staffSignedIn } from '#src/web/staff-scope.ts'
import { fresh } from '#src/web/step-up.tsx'

const ID = ':id{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}'

/** Everybody's own sign-in: second factors, password, where she is signed in, and how things look. */
export const security = new Hono<StaffEnv>()

const actorOf = (c: StaffContext) => ({ staff: c.var.staff, ip: c.var.address })

const show = async (c: StaffContext, more: Omit<SecurityProps, 'account'> = {}, status: 200 | 422 = 200) =>
  render(c, <SecurityPage account={await readAccount(c.var.staff)} {...more} />, status)

security.get('/', staffSignedIn, (c) => show(c))

// The secret travels through the form, sealed: what is stored is only what was confirmed.
const showAuthenticator = (c: StaffContext, secret: Buffer, wrong?: string) => {
  const sealed = seal(c.var.staff.tenantId, 'totp', secret).toString('base64url')
  return render(c, <AuthenticatorPage secret={secret} sealed={sealed} problem={wrong} />, wrong ? 422 : 200)
}

const unsealed = (c: StaffContext, text: string): Buffer | undefined => {
  try {
    return unseal(c.var.staff.tenantId, 'totp', Buffer.from(text, 'base64url'))
  } catch (error) {
    if (error instanceof CannotUnseal) return undefined
    throw error
  }
}

security.get('/authenticator', staffSignedIn, fresh, (c) => showAuthenticator(c, newSecret()))

security.post('/authenticator', staffSignedIn, fresh, async (c) => {
  const secret = unsealed(c, c.var.form.get('secret'))
  if (!secret) return problem(c, 422)
  const codes = await changeAuthenticator(actorOf(c), secret, c.var.form.get('code'))
  if (!codes) return showAuthenticator(c, secret, c.var.view.t('staffSignIn.code.wrong'))
  return render(c, <OwnRecoveryPage codes={codes} />)
})

security.post('/recovery-codes', staffSignedIn, fresh, async (c) =>
  render(c, <OwnRecoveryPage codes={await newRecoveryCodes(actorOf(c))} />),
)

const purposeOf = (c: StaffContext) => `add ${c.var.staff.sessionId}`

const showNewPasskey = async (c: StaffContext, name: string, wrong?: string) => {
  const { staff, site, view } = c.var
  const options = await makeOptions(site, purposeOf(c), staff, view.tenant?.name ?? '')
  return render(c, <NewPasskeyPage options={options} name={name} problem={wrong} />, wrong ? 422 : 200)
}

security.get('/passkeys/new', staffSignedIn, fresh, (c) =>
  showNewPasskey(c, deviceName(c.var.view.t, c.req.header('user-agent'))),
)

security.post('/passkeys/new', staffSignedIn, fresh, async (c) => {
  const { form, site, view } = c.var
  const name = form.get('name').trim()
  const given = { json: form.get('newPasskey'), purpose: purposeOf(c), name }
  if (name === '' || name.length > 80) return showNewPasskey(c, name, view.t('security.passkeys.name.wrong'))
  if (!(await keepPasskey(actorOf(c), site, given)))
    return showNewPasskey(c, name, view.t('security.passkeys.wrong'))
  flash(c, 'security.passkeys.added.done')
  return c.redirect(paths.staff.security(), 303)
})

security.post(`/passkeys/${ID}/removal`, staffSignedIn, fresh, async (c) => {
  const outcome = await removePasskey(actorOf(c), c.req.param('id'))
  if (outcome === 'not-found') return notFound(c)
  if (outcome === 'last') return show(c, { problem: c.var.view.t('security.passkeys.last') }, 422)
  flash(c, 'security.passkeys.removed.done')
  return c.redirect(paths.staff.security(), 303)
})

const PASSWORD_TRIES = { name: 'staff-password', most: 8, minutes: 10 }

security.post('/password', staffSignedIn, fresh, async (c) => {
  const { form, staff, view } = c.var
  const minutes = await overRate(PASSWORD_TRIES, staff.staffId)
  if (minutes) return problem(c, 429, { minutes })
  const wanted = form.get('password')
  const wrong = passwordProblem(wanted, [staff.name, staff.email, view.tenant?.name ?? ''])
  if (wrong) return show(c, { passwordProblems: { password: view.t(wrong) } }, 422)
  if (!(await changePassword(actorOf(c), form.get('current'), wanted)))
    return show(c, { passwordProblems: { current: view.t('security.password.wrong') } }, 422)
  flash(c, 'security.password.done')
  return c.redirect(paths.staff.security(), 303)
})

security.post(`/sessions/${ID}/ending`, staffSignedIn, async (c) => {
  const { staff, address } = c.var
  if (!(await endStaffSession(staff, c.req.param('id'), 'session-ended', address))) return notFound(c)
  flash(c, 'sessions.end.done')
  return c.redirect(paths.staff.security(), 303)
})

security.post('/sessions/endings', staffSignedIn, async (c) => {
  await endOtherSessions(c.var.staff, c.var.address)
  flash(c, 'sessions.endOthers.done')
  return c.redirect(paths.staff.security(), 303)
})

security.post('/preferences', staffSignedIn, async (c) => {
  const preferences = preferencesIn(c.var.form)
  if (!preferences) return problem(c, 422)
  await savePreferences(actorOf(c), preferences)
  flash(c, 'security.preferences.done')
  return c.redirect(paths.staff.security(), 303)
})
