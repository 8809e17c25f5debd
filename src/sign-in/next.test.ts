import { beforeAll, describe, expect, test } from 'vitest'
import { systemQuery } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { HOSTILE_PATHS } from '#src/sign-in/hostile-paths.ts'
import { returnPath } from '#src/sign-in/next.ts'
import { aBrowser, askFor, follow } from '#src/sign-in/test-browser.ts'
import { askAndRead } from '#src/sign-in/test-ground.ts'
import { ORIGIN, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
})

test.each([
  ['/portal', '/portal'],
  ['/portal/tickets?tab=all&q=a%20b', '/portal/tickets?tab=all&q=a%20b'],
  ['/portal/tickets/../tickets/new', '/portal/tickets/new'],
  ['/portal/tickets#m-1', '/portal/tickets'],
])('%s leads to %s', (given, path) => expect(returnPath(given, ORIGIN)).toBe(path))

describe('ML-13', () => {
  test.each(HOSTILE_PATHS.map((path) => [JSON.stringify(path), path]))(
    '%s leads nowhere',
    async (_shown, path) => {
      expect(returnPath(path, ORIGIN)).toBeUndefined()
      const browser = aBrowser(w.app)
      const page = await browser.get(paths.login({ next: path }))
      expect(page.text).not.toContain('name="next"')
      const request = await askFor(browser, 'nobody@acme.example', path)
      const [row] = await systemQuery<{ next_path: string | null }>(
        'select next_path from login_request where id = $1',
        [request],
      )
      expect(row?.next_path).toBeNull()
    },
  )

  test('after signing in such a browser is at home', async () => {
    const browser = aBrowser(w.app)
    const { token } = await askAndRead(browser, w.bob.email, '//evil.example/portal')
    expect((await follow(browser, token)).location).toBe(paths.home())
  })
})

test('a page that needs signing in is where one arrives after it', async () => {
  const browser = aBrowser(w.app)
  const ticket = paths.ticket(w.tickets.alices.id)
  const away = await browser.get(`${ticket}?x=1`)
  const page = await browser.get(away.location)
  const next = /name="next" value="([^"]*)"/.exec(page.text)?.[1] ?? ''
  const { token } = await askAndRead(browser, w.roles.admin.email, next)
  expect((await follow(browser, token)).location).toBe(`${ticket}?x=1`)
})
