import { beforeAll, expect, test } from 'vitest'
import { systemQuery } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { addressHash } from '#src/sign-in/audit.ts'
import { aBrowser, askFor, follow, typeCode } from '#src/sign-in/test-browser.ts'
import { askAndRead, doJobs } from '#src/sign-in/test-ground.ts'
import { type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
})

type Row = {
  action: string
  tenant_id: string
  actor_kind: string
  actor_id: string | null
  data: { address?: string }
}

/** What the audit log gains while something happens. */
const written = async (work: () => Promise<unknown>): Promise<Row[]> => {
  const all = () => systemQuery<Row & { id: string }>('select * from audit_event order by id', [])
  const before = new Set((await all()).map(({ id }) => id))
  await work()
  return (await all()).filter(({ id }) => !before.has(id))
}
const actions = async (work: () => Promise<unknown>) => (await written(work)).map(({ action }) => action)
const NOBODY = '00000000-0000-0000-0000-000000000000'

test('ML-19 each event leaves one row', async () => {
  const browser = aBrowser(w.app)
  let way = { request: '', token: '', code: '' }
  expect(
    await actions(async () => {
      way = await askAndRead(browser, w.bob.email)
    }),
  ).toEqual(['sign-in.requested', 'sign-in.sent'])
  expect(await actions(() => follow(aBrowser(w.app), way.token))).toEqual(['sign-in.wrong-browser'])
  expect(await actions(() => typeCode(browser, way.request, '00000000'))).toEqual(['sign-in.wrong-code'])
  const expire = `update login_link set expires_at = now() + $1::interval where request_id = $2`
  await systemQuery(expire, ['-1 second', way.request])
  expect(await actions(() => follow(browser, way.token))).toEqual(['sign-in.expired'])
  await systemQuery(expire, ['5 minutes', way.request])
  expect(await actions(() => follow(browser, way.token))).toEqual(['sign-in.consumed'])
  expect(await actions(() => follow(browser, way.token))).toEqual(['sign-in.used-again'])
  await browser.get(paths.sessions())
  expect(await actions(() => browser.post(paths.logout(), {}))).toEqual(['sign-in.signed-out'])
})

test('ML-19 a fourth request of the hour is written down as limited', async () => {
  const browser = aBrowser(w.app)
  const four = async () => {
    for (let n = 0; n < 4; n++) await askFor(browser, w.roles.viewer.email)
  }
  const rows = ['sign-in.requested', 'sign-in.requested', 'sign-in.requested', 'sign-in.limited']
  expect(await actions(four)).toEqual(rows)
  await doJobs()
})

test('ML-19 who is known is named in her tenant’s log; an address that is nobody’s stands there as a hash', async () => {
  const [known] = (await written(() => askAndRead(aBrowser(w.app), w.amir.email))).filter(
    ({ action }) => action === 'sign-in.sent',
  )
  expect(known).toMatchObject({ tenant_id: w.quayline, actor_kind: 'contact', actor_id: w.amir.id })
  const email = 'Somebody@Nowhere.example'
  const rows = await written(async () => {
    await askFor(aBrowser(w.app), email)
    await doJobs()
  })
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({
    action: 'sign-in.requested',
    tenant_id: NOBODY,
    actor_kind: 'nobody',
    actor_id: null,
  })
  expect(rows[0]?.data.address).toBe(addressHash(email.toLowerCase()))
  expect(JSON.stringify(rows).toLowerCase()).not.toContain(email.toLowerCase())
})

test('a session that is ended from the list leaves a row', async () => {
  const [here, there] = [aBrowser(w.app), aBrowser(w.app)]
  for (const browser of [here, there])
    await follow(browser, (await askAndRead(browser, w.roles.manager.email)).token)
  await here.get(paths.sessions())
  expect(await actions(() => here.post(paths.sessionEndings(), { which: 'others' }))).toEqual([
    'sign-in.session-ended',
  ])
})
