import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { type Names, useNames } from '#src/settings/dns.ts'
import { lastAudit } from '#src/settings/test-ground.ts'
import { wordsOf } from '#test/pages.ts'
import { asStaff, send, type World, world } from '#test/world.ts'

const HOSTS = paths.staff.settingsOf('hosts')
const check = (host: string) => admin.post(paths.staff.settingsDo('hosts', 'checks'), { host })

let w: World
let admin: Awaited<ReturnType<typeof asStaff>>
let aliases: Record<string, string[]> = {}
let addresses: Record<string, string[]> = {}
const names: Names = {
  aliases: async (host) => {
    if (host.startsWith('broken.')) throw new Error('SERVFAIL')
    return aliases[host] ?? []
  },
  addresses: async (host) => (host === 'localhost' ? ['127.0.0.1', '::1'] : (addresses[host] ?? [])),
}
beforeAll(async () => {
  w = await world()
  admin = await asStaff(w.staff.administrator)
  useNames(names)
})
afterAll(() => useNames(undefined))

const page = async () => wordsOf(await admin.get(HOSTS))
const answersAt = async (host: string) => (await send(paths.login(), { headers: { host } })).status

describe('an address of its own', () => {
  test('waits until the DNS leads here, then answers, and stops when it is removed', async () => {
    const host = 'help.quayline.example'
    expect((await admin.post(HOSTS, { host: ' Help.Quayline.Example ' })).location).toBe(HOSTS)
    expect(await page()).toContain('The DNS doesn’t know this name yet')
    expect(await answersAt(host)).toBe(421)

    addresses = { [host]: ['203.0.113.9'] }
    await check(host)
    expect(await page()).toContain('Leads elsewhere (203.0.113.9) instead of localhost')
    expect(await answersAt(host)).toBe(421)
    expect((await lastAudit('settings.host-checked'))?.data).toEqual({
      host,
      outcome: 'elsewhere',
      found: '203.0.113.9',
    })

    aliases = { [host]: ['localhost.'] }
    await check(host)
    expect(await page()).toContain('Works')
    expect(await answersAt(host)).toBe(200)
    expect((await send(paths.login(), { headers: { host } })).text).toContain('Quayline')

    expect((await admin.post(paths.staff.settingsDo('hosts', 'removal'), { host })).status).toBe(303)
    expect(await answersAt(host)).toBe(421)
    expect((await check(host)).status).toBe(404)
  })

  test('may lead here by the same addresses, not by some of them', async () => {
    const host = 'portal.quayline.example'
    aliases = {}
    addresses = { [host]: ['127.0.0.1', '203.0.113.9'] }
    await admin.post(HOSTS, { host })
    expect(await answersAt(host)).toBe(421)
    addresses = { [host]: ['127.0.0.1'] }
    await check(host)
    expect(await answersAt(host)).toBe(200)
  })

  test('that pointed here and points elsewhere now is shut; a DNS without an answer changes nothing', async () => {
    const host = 'portal.quayline.example'
    aliases = { [host]: ['somewhere.else.example'] }
    addresses = {}
    await check(host)
    expect(await answersAt(host)).toBe(421)
    await admin.post(HOSTS, { host: 'broken.quayline.example' })
    expect(await page()).toContain('Not checked yet')
  })

  test('is a name, not ours, not another’s, and comes back with what was typed', async () => {
    aliases = { 'shared.example': ['localhost'] }
    await (await asStaff(w.harborStaff)).post(HOSTS, { host: 'shared.example' })
    expect(await answersAt('shared.example')).toBe(200)
    const tries = [
      '',
      'no spaces.example',
      '-x.example',
      '10.0.0.1',
      'localhost',
      'shared.example',
      'x'.repeat(10_000),
    ]
    for (const host of tries) {
      const answer = await admin.post(HOSTS, { host })
      expect([answer.status, answer.text.includes('id="host-error"')]).toEqual([422, true])
    }
    expect(await page()).not.toContain('shared.example')
    const others = await admin.post(paths.staff.settingsDo('hosts', 'removal'), { host: 'shared.example' })
    expect(others.status).toBe(404)
    expect(await answersAt('shared.example')).toBe(200)
  })

  test('is nothing that a technician may add or remove', async () => {
    const tech = await asStaff(w.staff.technician)
    expect((await tech.post(HOSTS, { host: 'x.example' })).status).toBe(403)
    const removal = paths.staff.settingsDo('hosts', 'removal')
    expect((await tech.post(removal, { host: 'broken.quayline.example' })).status).toBe(403)
  })
})
