import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { aBrowser, askAndRead, follow } from '#src/sign-in/test-ground.ts'
import { type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
})

test('a link from the mail signs in the browser that asked', async () => {
  const browser = aBrowser(w.app)
  const { token } = await askAndRead(browser, w.bob.email, '/portal/tickets?tab=all')
  const answer = await follow(browser, token)
  expect(answer.status).toBe(303)
  expect(answer.location).toBe('/portal/tickets?tab=all')
  const page = await browser.get(paths.home())
  expect(page.status).toBe(200)
  expect(page.text).toContain('Bob')
})
