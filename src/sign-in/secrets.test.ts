import { symbols } from 'pino'
import { expect, test, vi } from 'vitest'
import { log } from '#src/log.ts'
import { paths } from '#src/paths.ts'
import { aBrowser, follow, typeCode } from '#src/sign-in/test-browser.ts'
import { askAndRead, everyRow } from '#src/sign-in/test-ground.ts'
import { world } from '#test/world.ts'

/** Everything that is logged from now on, at the most talkative level. */
const logged = () => {
  log.level = 'trace'
  const spy = vi.spyOn(Reflect.get(log, symbols.streamSym), 'write').mockImplementation(() => true)
  return () => spy.mock.calls.join('\n')
}

test('ML-05 neither tokens nor codes nor cookies are in database, queue, outbox, audit or server log', async () => {
  const logs = logged()
  const w = await world({ TRUSTED_PROXIES: '127.0.0.1' })
  const [byLink, byCode, later] = [aBrowser(w.app), aBrowser(w.app), aBrowser(w.app)]
  const first = await askAndRead(byLink, w.bob.email)
  const second = await askAndRead(byCode, w.amir.email)
  const unused = await askAndRead(later, w.roles.user.email)
  const before = byLink.jar.get('portal-browser') ?? ''
  await follow(byLink, first.token)
  await typeCode(byCode, second.request, second.code)
  await typeCode(later, unused.request, '00000000')
  await byLink.get(paths.sessions())
  const jars = [byLink, byCode, later].flatMap(({ jar }) => [...jar.values()])
  expect(jars.length).toBeGreaterThanOrEqual(5)

  const rows = ((await everyRow()) + logs()).toLowerCase()
  expect(rows).toContain('sign-in.consumed')
  expect(logs()).toContain(paths.loginVerify())
  expect(logs()).toContain('sign-in:resolve')
  const secrets = [first, second, unused].flatMap(({ token, code }) => [token, code])
  for (const secret of [...secrets, ...jars, before]) {
    expect(rows).not.toContain(secret.toLowerCase())
    expect(rows).not.toContain(Buffer.from(secret).toString('hex'))
    if (secret.length > 40)
      expect(rows).not.toContain(Buffer.from(secret, 'base64url').toString('hex').slice(-64))
  }
})
