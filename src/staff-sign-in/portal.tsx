import { Hono } from 'hono'
import { paths } from '#src/paths.ts'
import { staffReturnPath } from '#src/staff-sign-in/next.ts'
import { ProofPage } from '#src/staff-sign-in/pages/proof.tsx'
import type { StaffEnv } from '#src/web/context.ts'
import { render } from '#src/web/render.tsx'
import { staffSignedIn } from '#src/web/staff-scope.ts'
import { fresh } from '#src/web/step-up.tsx'

/** Where a page that needs a fresh second factor sends those who haven't shown it lately. */
export const proof = new Hono<StaffEnv>()

proof.get('/', staffSignedIn, (c) =>
  render(c, <ProofPage action={paths.staff.proof()} fields={[['next', c.req.query('next') ?? '']]} />),
)

proof.post('/', staffSignedIn, fresh, (c) =>
  c.redirect(staffReturnPath(c.var.form.get('next'), c.var.site.origin) ?? paths.staff.home(), 303),
)
