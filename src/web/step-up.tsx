import { paths } from '#src/paths.ts'
import { noteStaffSignIn } from '#src/staff-sign-in/audit.ts'
import { ProofPage } from '#src/staff-sign-in/pages/proof.tsx'
import { askOptions, checkPasskey } from '#src/staff-sign-in/passkeys.ts'
import { proveWith } from '#src/staff-sign-in/proof.ts'
import { noteProof } from '#src/staff-sign-in/session.ts'
import { isRead } from '#src/web/arrival.ts'
import type { StaffContext, StaffHandler } from '#src/web/context.ts'
import { problem } from '#src/web/errors.tsx'
import { overRate } from '#src/web/rate.ts'
import { render } from '#src/web/render.tsx'

const FRESH = 5 * 60_000
/** Proofs that one person may try. */
const TRIES = { name: 'staff-proof', most: 8, minutes: 10 }
/** Fields of the question itself: they don't belong to the form that waits. */
const OWN = new Set(['csrf', 'proof', 'passkey'])

const isFresh = (provedAt: Date) => Date.now() - provedAt.getTime() <= FRESH

const purposeOf = (c: StaffContext) => `proof ${c.var.staff.sessionId}`

/** The page that asks; `fields` is what it brings along. */
export const askForProof = async (
  c: StaffContext,
  action: string,
  fields: [string, string][],
  problem?: string,
) => {
  const passkey = await askOptions(c.var.site, purposeOf(c))
  return <ProofPage action={action} fields={fields} passkey={passkey} problem={problem} />
}

const askAgain = async (c: StaffContext, wrong = false) => {
  const { form, view } = c.var
  const fields = form
    .names()
    .filter((name) => !OWN.has(name))
    .flatMap((name) => form.all(name).map((value): [string, string] => [name, value]))
  const { pathname, search } = new URL(c.req.url)
  const error = wrong ? view.t('staffSignIn.code.wrong') : undefined
  return render(c, await askForProof(c, pathname + search, fields, error), 422)
}

/** What was shown with the form, if it is this person's. */
const shown = async (c: StaffContext) => {
  const { form, site, staff } = c.var
  const passkey = form.get('passkey')
  if (passkey === '') return proveWith(staff.tenantId, staff.staffId, form.get('proof'))
  const holder = await checkPasskey(site, passkey, purposeOf(c))
  return holder?.tenantId === staff.tenantId && holder.staffId === staff.staffId ? 'passkey' : undefined
}

/**
 * Step-up: the second factor was shown in the last five minutes, or it is asked for now. A page waits behind
 * `/staff/proof`; a write's form comes back once more with everything that was typed and a field for the code, and goes
 * its way when that is right. Files must be chosen again. Use it after staffNeeds.
 */
export const fresh: StaffHandler = async (c, next) => {
  const { staff, address, form } = c.var
  if (isFresh(staff.provedAt)) return next()
  if (isRead(c.req.method)) {
    const { pathname, search } = new URL(c.req.url)
    return c.redirect(paths.staff.proof({ next: pathname + search }), 303)
  }
  if (form.get('proof') === '' && form.get('passkey') === '') return askAgain(c)
  const minutes = await overRate(TRIES, staff.staffId)
  if (minutes) return problem(c, 429, { minutes })
  const by = await shown(c)
  await noteStaffSignIn(staff.tenantId, {
    action: by ? 'proved' : 'not-proved',
    staff: { id: staff.staffId, name: staff.name },
    ip: address,
    data: { by: by ?? 'nothing' },
  })
  if (!by) return askAgain(c, true)
  await noteProof(staff)
  c.set('staff', { ...staff, provedAt: new Date() })
  await next()
}
