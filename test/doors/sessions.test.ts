import { beforeAll, expect, test } from 'vitest'
import { change, ENDINGS, forgeries } from '#test/doors/cookies.ts'
import { as, browser, send, sessionOf, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

test('a cookie that was changed, cut, forged or put under another name is nobody', async () => {
  for (const [what, cookie] of Object.entries(await forgeries(w)))
    expect([what, (await send('/portal', { headers: { cookie } })).status]).toEqual([what, 303])
  expect((await (await as(w.alice)).get('/portal')).status).toBe(200)
})

test.each(Object.entries(ENDINGS))('a session is nobody once %s', async (_, ending) => {
  const token = await sessionOf(w.alice)
  const at = browser(`portal=${token}`, token)
  expect((await at.get('/portal')).status).toBe(200)
  await change(w.alice, ending, ending.end)
  expect((await at.get('/portal')).status).toBe(303)
  expect((await at.post('/portal/tickets', { subject: 'Late', body: 'Late' })).status).toBe(303)
  await change(w.alice, ending, ending.undo)
  expect((await at.get('/portal')).status).toBe(200)
})

test("the public door takes no portal session for its browser's secret", async () => {
  const token = await sessionOf(w.alice)
  const answer = await browser(`portal=${token}`, token).post('/portal/login', {
    email: 'alice@acme.example',
  })
  expect(answer.status).toBe(403)
  const browserOnly = await browser(`portal-browser=${token}`, token).post('/portal/login', {
    email: 'a@b.example',
  })
  expect(browserOnly.status).toBe(403)
})
