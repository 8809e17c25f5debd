import { paths } from '#src/paths.ts'
import { noteStaffSignIn } from '#src/staff-sign-in/audit.ts'
import { ProofPage } from '#src/staff-sign-in/pages/proof.tsx'
import { proveWith } from '#src/staff-sign-in/proof.ts'
import { noteProof } from '#src/staff-sign-in/session.ts'
import { isRead } from '#src/web/arrival.ts'
import type { StaffContext, StaffHandler } from '#src/web/context.ts'
import { problem } from '#src/web/errors.tsx'
import { overRate } from '#src/web/rate.ts'
import { render } from '#src/web/render.tsx'

const FRESH = 5 * 60_000
/** Codes that one person may try. */
const TRIES = { name: 'staff-proof', most: 8, minutes: 10 }

const isFresh = (provedAt: Date) => Date.now() - provedAt.getTime() <= FRESH

/** The page that asks; what was typed waits in it. */
const ask = (c: StaffContext, wrong = false) => {
  const { form, view } = c.var
  const fields = form
    .names()
    .filter((name) => name !== 'csrf' && name !== 'proof')
    .flatMap((name) => form.all(name).map((value): [string, string] => [name, value]))
  const { pathname, search } = new URL(c.req.url)
  const error = wrong ? view.t('staffSignIn.code.wrong') : undefined
  return render(c, <ProofPage action={pathname + search} fields={fields} problem={error} />, 422)
}

/**
 * Step-up: the second factor was shown in the last five minutes, or it is asked for now. A page waits behind
 * `/staff/proof`; a write's form comes back once more with everything that was typed and a field for the code, and goes
 * its way when that is right. Files must be chosen again. Use it after staffNeeds.
 */
export const fresh: StaffHandler = async (c, next) => {
  const { staff, address } = c.var
  if (isFresh(staff.provedAt)) return next()
  if (isRead(c.req.method)) {
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(paths.staff.proof({ next: pathname + search }), 303)
  }
  const typed = c.var.form.get('proof')
  if (typed === '') return ask(c)
  const minutes = await overRate(TRIES, staff.staffId)
  if (minutes) return problem(c, 429, { minutes })
  const proof = await proveWith(staff.tenantId, staff.staffId, typed)
  const who = { id: staff.staffId, name: staff.name }
  await noteStaffSignIn(staff.tenantId, {
    action: proof ? 'proved' : 'not-proved',
    staff: who,
    ip: address,
    data: { by: proof ?? 'code' },
  })
  if (!proof) return ask(c, true)
  await noteProof(staff)
  c.set('staff', { ...staff, provedAt: new Date() })
  await next()
}
