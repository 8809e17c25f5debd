import { afterEach, beforeAll, expect, test } from 'vitest'
import { systemQuery, watchStatements } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { aBrowser, askFor, type Page, sentence } from '#src/sign-in/test-browser.ts'
import { doJobs, mailsTo } from '#src/sign-in/test-ground.ts'
import { type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
})
afterEach(() => watchStatements(undefined))

/** One address of each sort; the last one has used up what this hour allows. */
const addresses = () => ({
  known: w.bob.email,
  unknown: 'nobody@bolt.example',
  disabled: w.disabled.email,
  uninvited: w.uninvited.email,
  ofAnotherTenant: 'zoe@harbor.example',
  ofSeveralCompanies: w.samAtAcme.email,
  ofSeveralTenants: w.alice.email,
  limited: 'often@bolt.example',
})

const browserFor = async (sort: string, email: string) => {
  const browser = aBrowser(w.app)
  await browser.get(paths.login())
  if (sort === 'limited') for (let n = 0; n < 3; n++) await askFor(browser, email)
  return browser
}

const masked = (page: Page, email: string) => {
  const headers = [...page.headers].map(([name, value]) => [
    name,
    value.replace(/request=[^&]*/, '…').replace(/=[\w-]{43};/, '=…;'),
  ])
  return JSON.stringify([page.status, headers, sentence.without(page), sentence.of(page)]).replaceAll(
    email,
    '…',
  )
}

test('ML-09 every sort of address gets the same answers, bytes and headers, and costs the same statements', async () => {
  await systemQuery('update contact set email = $1, email_key = $1 where id = $2', [
    'zoe@harbor.example',
    w.zoe.id,
  ])
  const told: Record<string, string[]> = {}
  const statements: Record<string, string[]> = {}
  for (const [sort, email] of Object.entries(addresses())) {
    const browser = await browserFor(sort, email)
    const sent: string[] = []
    const page = await browser.get(paths.login({ tenant: 'quayline' }))
    watchStatements((sql) => sent.push(sql))
    const answer = await browser.post(paths.login({ tenant: 'quayline' }), { email })
    const code = await browser.get(answer.location)
    watchStatements(undefined)
    await doJobs()
    watchStatements((sql) => sent.push(sql))
    const wrong = await browser.post(answer.location, { code: '00000000' })
    watchStatements(undefined)
    told[sort] = [page, answer, code, wrong].map((one) => masked(one, email))
    statements[sort] = sent
  }
  expect(told.known?.[3]).toContain('You have 4 tries left')
  for (const sort of Object.keys(told)) {
    expect(told[sort], sort).toEqual(told.known)
    expect(statements[sort], sort).toEqual(statements.known)
    expect(statements[sort]?.length, sort).toBeGreaterThan(10)
  }
})

test('each of them gets the mail it should get, from each tenant alone', async () => {
  const counts = await Promise.all(
    Object.entries(addresses()).map(async ([sort, email]) => [sort, (await mailsTo(email)).length]),
  )
  expect(Object.fromEntries(counts)).toEqual({
    known: 1,
    unknown: 0,
    disabled: 0,
    uninvited: 0,
    ofAnotherTenant: 0,
    ofSeveralCompanies: 1,
    ofSeveralTenants: 1,
    limited: 0,
  })
})
