import { Hono } from 'hono'
import { recordAudit } from '#src/audit/record.ts'
import { paths } from '#src/paths.ts'
import { acceptProof, askForChange, changeProblems, withdraw } from '#src/profile/change.ts'
import { isProof } from '#src/profile/code.ts'
import { ProfilePage, type Returned } from '#src/profile/pages/profile.tsx'
import { detailProblems, findProfile, latestChange, saveDetails, typedDetails } from '#src/profile/profile.ts'
import { typedCode } from '#src/sign-in/codes.ts'
import type { PortalContext, PortalEnv } from '#src/web/context.ts'
import { problem } from '#src/web/errors.tsx'
import { overRate } from '#src/web/rate.ts'
import { flash, render } from '#src/web/render.tsx'
import { needs } from '#src/web/scope.ts'

/** Each request mails an address that somebody typed. */
const REQUESTS = { name: 'profile-change', most: 5, minutes: 60 }
const TRIES = { name: 'profile-proof', most: 5, minutes: 60 }

export const profile = new Hono<PortalEnv>()

const show = async (c: PortalContext, returned: Returned = {}) => {
  const { db, viewer } = c.var
  const [known, change] = await Promise.all([findProfile(db, viewer), latestChange(db, viewer)])
  const status = Object.keys(returned).length > 0 ? 422 : 200
  return render(c, <ProfilePage known={known} change={change} returned={returned} />, status)
}

profile.get('/', needs('profile:edit'), (c) => show(c))

// where a form came back with an error, opened again
for (const form of ['/change', '/proof', '/withdrawal'])
  profile.get(form, needs('profile:edit'), (c) => c.redirect(paths.profile(), 303))

profile.post('/', needs('profile:edit'), async (c) => {
  const { db, viewer, form, address } = c.var
  const details = typedDetails(form)
  const problems = detailProblems(details)
  if (Object.keys(problems).length > 0) return show(c, { details, detailProblems: problems })
  const { title, phone, mobile } = await findProfile(db, viewer)
  await saveDetails(db, viewer, details)
  await recordAudit(db, viewer, {
    action: 'profile.changed',
    object: { kind: 'contact', id: viewer.contactId },
    data: { before: { title, phone, mobile }, after: details },
    ip: address,
  })
  flash(c, 'profile.save.done')
  return c.redirect(paths.profile(), 303)
})

profile.post('/change', needs('profile:edit'), async (c) => {
  const { db, viewer, form, address } = c.var
  const wanted = { name: form.get('name').trim(), email: form.get('email').trim() || viewer.email }
  const problems = await changeProblems(db, viewer, wanted)
  if (Object.keys(problems).length > 0) return show(c, { wanted, changeProblems: problems })
  const minutes = await overRate(REQUESTS, viewer.contactId)
  if (minutes) return problem(c, 429, { minutes })
  if (!(await askForChange(db, viewer, wanted, address))) return problem(c, 409)
  flash(c, 'profile.change.done')
  return c.redirect(paths.profile(), 303)
})

profile.post('/proof', needs('profile:edit'), async (c) => {
  const { db, viewer, form, address } = c.var
  const change = await latestChange(db, viewer)
  if (change?.state !== 'proving' || change.late) return show(c, { codeProblem: 'profile.proof.late' })
  const code = typedCode(form.get('code'))
  if (!code) return show(c, { codeProblem: 'profile.proof.malformed' })
  if (await overRate(TRIES, change.id)) return show(c, { codeProblem: 'profile.proof.tries' })
  if (!isProof(change.id, code)) return show(c, { codeProblem: 'profile.proof.wrong' })
  if (!(await acceptProof(db, viewer, change, address))) return problem(c, 409)
  flash(c, 'profile.proof.done')
  return c.redirect(paths.profile(), 303)
})

profile.post('/withdrawal', needs('profile:edit'), async (c) => {
  const { db, viewer, address } = c.var
  if (await withdraw(db, viewer, address)) flash(c, 'profile.withdraw.done')
  return c.redirect(paths.profile(), 303)
})
