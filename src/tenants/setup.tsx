import { Hono } from 'hono'
import { sql } from 'kysely'
import { asSystem } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { hashPassword } from '#src/staff-sign-in/password.ts'
import { toSecondFactor } from '#src/staff-sign-in/way-in.ts'
import { addFirstAdministrator } from '#src/tenants/first-administrator.ts'
import {
  asInput,
  blank,
  type Problems,
  type Screen,
  screenOf,
  setupProblems,
  typedIn,
} from '#src/tenants/setup-form.ts'
import { consumeSetupLink, createSetupLink, readSetupLink } from '#src/tenants/setup-link.ts'
import { NoLinkPage, SetupPage } from '#src/tenants/setup-page.tsx'
import { tenantById } from '#src/tenants/tenant.ts'
import type { Form } from '#src/web/body.ts'
import type { PublicEnv } from '#src/web/context.ts'
import { render } from '#src/web/render.tsx'

const isEmpty = async () => {
  const one = await asSystem('is there a tenant', (db) =>
    db.selectFrom('tenant').select('tenant_id').limit(1).execute(),
  )
  return one.length === 0
}

/** Links of earlier starts that nobody used, for a tenant of any name: the newest one alone counts. */
const voidEarlier = () =>
  asSystem('void earlier set-up links', (db) =>
    db
      .updateTable('setup_link')
      .set({ expires_at: sql<Date>`now()` })
      .where('used_at', 'is', null)
      .where('slug', 'is', null)
      .execute(),
  )

/** The address that sets up the first tenant, new at each start; undefined when there is a tenant already. */
export const ensureSetupLink = async (origin: string): Promise<string | undefined> => {
  if (!(await isEmpty())) return undefined
  await voidEarlier()
  const { token } = await createSetupLink()
  return origin + paths.setup(token)
}

export const setup = new Hono<PublicEnv>()

setup.use(async (c, next) => {
  c.header('referrer-policy', 'no-referrer')
  c.header('x-robots-tag', 'noindex')
  await next()
})

// a further tenant is set up under nobody's brand
setup.on(['GET', 'POST'], '/', async (c, next) => {
  c.var.view.tenant = undefined
  await next()
})

setup.get('/', (c) => render(c, <SetupPage screen={1} typed={blank} problems={{}} />))

const screenSent = (form: Form): Screen => (['1', '2', '3'].indexOf(form.get('screen')) + 1 || 1) as Screen

setup.post('/', async (c) => {
  const { form } = c.var
  const token = form.get('t') || form.get('key').trim()
  const typed = typedIn(form)
  const screen = screenSent(form)
  const show = (at: Screen, problems: Problems = {}) =>
    render(
      c,
      <SetupPage screen={at} typed={typed} problems={problems} token={token} />,
      Object.keys(problems).length > 0 ? 422 : 200,
    )
  if (!(await readSetupLink(token))) return render(c, <NoLinkPage />, 422)
  if (form.get('back')) return show(screen === 3 ? 2 : 1)
  const problems = setupProblems(typed, screen)
  const mend = screenOf(problems)
  if (mend) return show(mend, problems)
  if (screen === 1) return show(2)
  if (screen === 2) return show(3)

  const { tenant, administrator } = asInput(typed)
  const { name, email, password } = administrator
  const passwordHash = await hashPassword(password)
  const done = await consumeSetupLink(token, tenant, (db) =>
    addFirstAdministrator(db, { name, email, passwordHash }),
  )
  if (done.outcome === 'no-link') return render(c, <NoLinkPage />, 422)
  if (done.outcome !== 'created') return show(1, { slug: { key: 'setup.problem.slugTaken' } })
  const made = await tenantById(done.tenantId)
  return toSecondFactor(c, { id: done.tenantId, slug: made?.slug }, done.also)
})
