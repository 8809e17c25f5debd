import { Hono } from 'hono'
import { deviceName } from '#src/sign-in/device.ts'
import { enrollPasskey, enrollTotp, offeredSecret } from '#src/staff-sign-in/enroll.ts'
import { letStaffIn, staffVisit } from '#src/staff-sign-in/enter.ts'
import { EnrollPage, RecoveryPage } from '#src/staff-sign-in/pages/enroll.tsx'
import { makeOptions } from '#src/staff-sign-in/passkeys.ts'
import { factorsOf } from '#src/staff-sign-in/sign-in.ts'
import type { Step } from '#src/staff-sign-in/steps.ts'
import { enter, slugOf, startOver, stepOf } from '#src/staff-sign-in/way-in.ts'
import type { PublicContext, PublicEnv } from '#src/web/context.ts'
import { render } from '#src/web/render.tsx'

/** Between the password and the first session: who has no second factor makes one. */
export const enrollment = new Hono<PublicEnv>()

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

enrollment.get('/', async (c) => {
  const found = await newcomer(c)
  return found ? showEnrollment(c, found.step) : startOver(c)
})

enrollment.post('/', async (c) => {
  const found = await newcomer(c)
  if (!found) return startOver(c)
  const result = await enrollTotp(found.step, c.var.form.get('code'), staffVisit(c))
  if (result === 'over') return startOver(c)
  if (result === 'wrong') return showEnrollment(c, found.step, c.var.view.t('staffSignIn.code.wrong'))
  letStaffIn(c, result.entry)
  return render(c, <RecoveryPage codes={result.codes} next={found.next} />)
})

enrollment.post('/passkey', async (c) => {
  const found = await newcomer(c)
  if (!found) return startOver(c)
  const name = deviceName(c.var.view.t, c.req.header('user-agent'))
  const given = { json: c.var.form.get('newPasskey'), purpose: enrollPurpose(found.step), name }
  const entry = await enrollPasskey(found.step, c.var.site, given, staffVisit(c))
  if (!entry) return showEnrollment(c, found.step, c.var.view.t('staffSignIn.passkey.wrong'))
  return enter(c, entry, found.next)
})
