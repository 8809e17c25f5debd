import { Hono } from 'hono'
import { sql } from 'kysely'
import { asSystem } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { addFirstPerson } from '#src/tenants/first-person.ts'
import { asInput, blank, setupProblems, typedIn } from '#src/tenants/setup-form.ts'
import { consumeSetupLink, createSetupLink, readSetupLink } from '#src/tenants/setup-link.ts'
import { DonePage, NoLinkPage, SetupPage } from '#src/tenants/setup-page.tsx'
import { tenantById } from '#src/tenants/tenant.ts'
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

setup.get('/', (c) => render(c, <SetupPage typed={blank} problems={{}} />))

setup.get('/done', (c) => render(c, <DonePage />))

setup.post('/', async (c) => {
  const { form } = c.var
  const token = form.get('t') || form.get('key').trim()
  const typed = typedIn(form)
  const problems = setupProblems(typed)
  if (!(await readSetupLink(token))) return render(c, <NoLinkPage />, 422)
  if (Object.keys(problems).length > 0)
    return render(c, <SetupPage typed={typed} problems={problems} token={token} />, 422)

  const { tenant, person } = asInput(typed)
  const done = await consumeSetupLink(token, tenant, (db) => addFirstPerson(db, person))
  if (done.outcome === 'no-link') return render(c, <NoLinkPage />, 422)
  if (done.outcome !== 'created') {
    const taken = { slug: { key: 'setup.problem.slugTaken' as const } }
    return render(c, <SetupPage typed={typed} problems={taken} token={token} />, 422)
  }
  const made = await tenantById(done.tenantId)
  return c.redirect(paths.setupDone({ tenant: made?.slug }), 303)
})
