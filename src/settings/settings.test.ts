import { beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { isPlainSvg } from '#src/settings/logo.ts'
import { lastAudit } from '#src/settings/test-ground.ts'
import { asOwner } from '#test/database.ts'
import { valuesOf, wordsOf } from '#test/pages.ts'
import { as, asStaff, type Fields, send, stranger, type World, world } from '#test/world.ts'

let w: World
let admin: Awaited<ReturnType<typeof asStaff>>
beforeAll(async () => {
  w = await world()
  admin = await asStaff(w.staff.administrator)
})

const TABS = [
  ...['brand', 'hosts', 'mail', 'claude', 'limits', 'areas'].map((tab) => paths.staff.settingsOf(tab)),
  paths.staff.categories(),
  paths.staff.announcements(),
]

describe('the settings', () => {
  test('open to administrators; nobody else reads or writes them', async () => {
    expect((await admin.get(paths.staff.settings())).location).toBe(paths.staff.settingsOf('brand'))
    for (const path of TABS) {
      expect((await admin.get(path)).status).toBe(200)
      expect((await stranger.get(path)).status).toBe(303)
      for (const role of ['viewer', 'technician', 'manager'] as const) {
        const person = await asStaff(w.staff[role])
        expect((await person.get(path)).status).toBe(403)
        if (path !== paths.staff.announcements())
          expect((await person.post(path, { name: 'X' })).status).toBe(403)
      }
    }
  })
})

const brand = (change: Fields = {}): Fields => ({
  name: 'Quayline IT',
  supportEmail: 'support@quayline.example',
  supportPhone: '+1 206 555 0142',
  deskHours: '',
  welcome: '',
  brandColor: '#175c70',
  ...change,
})

describe('the brand', () => {
  test('changes what everybody sees, and is written down with before and after', async () => {
    const answer = await admin.post(
      paths.staff.settingsOf('brand'),
      brand({ name: 'Quayline <IT>', welcome: 'Ahoy', deskHours: 'Mon–Fri 8–18', brandColor: '#B5338A' }),
    )
    expect(answer.location).toBe(paths.staff.settingsOf('brand'))
    const home = await (await as(w.alice)).get(paths.home())
    expect(wordsOf(home)).toContain('Ahoy')
    expect(home.text).toContain('Quayline &lt;IT&gt;')
    expect(await lastAudit('settings.brand')).toMatchObject({
      tenant_id: w.quayline,
      data: {
        before: { name: 'Quayline IT', welcome: null, brand_color: '#175c70' },
        after: { name: 'Quayline <IT>', welcome: 'Ahoy', brand_color: '#b5338a' },
      },
    })
    expect(wordsOf(await (await asStaff(w.harborStaff)).get(paths.staff.settingsOf('brand')))).not.toContain(
      'Ahoy',
    )
  })

  test('comes back with what was typed when something is wrong', async () => {
    const answer = await admin.post(
      paths.staff.settingsOf('brand'),
      brand({ name: 'N'.repeat(121), supportEmail: 'nobody', brandColor: 'red', welcome: 'Kept words' }),
    )
    expect(answer.status).toBe(422)
    expect(wordsOf(answer)).toContain('Check these 3 fields')
    expect(valuesOf(answer, 'supportEmail')).toEqual(['nobody'])
    expect(valuesOf(answer, 'welcome')).toEqual(['Kept words'])
    expect((await lastAudit('settings.brand'))?.data).not.toMatchObject({
      after: { support_email: 'nobody' },
    })
  })

  test('shows a color in both themes before it is saved, with its contrast', async () => {
    const answer = await admin.post(
      paths.staff.settingsOf('brand'),
      Object.fromEntries([
        ...Object.entries(brand({ brandColor: '#ffe900', name: 'Not saved' })),
        ['then', 'preview'],
      ]),
    )
    expect(answer.status).toBe(200)
    const words = wordsOf(answer)
    expect(words).toMatch(/Light: (4\.[5-9]|[5-9]|1\d)[\d.]* : 1 on buttons/)
    expect(words).toContain('White words would be hard to read on #ffe900')
    expect(wordsOf(await admin.get(paths.staff.settingsOf('brand')))).not.toContain('Not saved')
  })

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8"/></svg>'
  const file = (text: string | Uint8Array<ArrayBuffer>, name: string) => new File([text], name)
  test('takes a plain picture as the logo, and serves it', async () => {
    const saved = await admin.post(paths.staff.settingsOf('brand'), brand({ logo: file(svg, 'logo.svg') }))
    expect(saved.status).toBe(303)
    const page = await admin.get(paths.staff.settingsOf('brand'))
    const url = /src="(\/brand\/[^"]+\/logo)"/.exec(page.text)?.[1] ?? ''
    const logo = await send(url)
    expect([logo.status, logo.text, logo.headers.get('content-type')]).toEqual([200, svg, 'image/svg+xml'])
    await admin.post(paths.staff.settingsDo('brand', 'logo-removal'))
    expect((await admin.get(paths.staff.settingsOf('brand'))).text).not.toContain('/logo"')
  })

  test('refuses what is no picture, or more than one', async () => {
    const bad = [
      file(svg.replace('<rect', '<script>alert(1)</script><rect'), 'logo.svg'),
      file('plain words', 'logo.png'),
      file(new Uint8Array(300_000), 'logo.png'),
    ]
    for (const logo of bad) {
      const answer = await admin.post(paths.staff.settingsOf('brand'), brand({ logo }))
      expect([answer.status, answer.text.includes('id="logo-error"')]).toEqual([422, true])
    }
    const hostile = [
      svg.replace('<rect', '<rect onload="x()"'),
      svg.replace('<rect', '<image href="https://tracker.example/x.png"/><rect'),
      svg.replace('<rect', '<a xlink:href="javascript:alert(1)"/><rect'),
      svg.replace('<rect', '<style>@import url(//x.example)</style><rect'),
      svg.replace('<rect', '<foreignObject/><rect'),
      `<!DOCTYPE svg [<!ENTITY a "b">]>${svg}`,
      '<html><svg/></html>',
    ]
    expect(hostile.filter(isPlainSvg)).toEqual([])
    expect(isPlainSvg(svg)).toBe(true)
    expect(
      isPlainSvg(`<?xml version="1.0"?><!-- by hand -->${svg.replace('<rect', '<rect fill="url(#g)"')}`),
    ).toBe(true)
  })
})

describe('sessions and limits', () => {
  const limits = (change: Fields = {}): Fields => ({
    linkMinutes: '15',
    sessionIdleMinutes: '60',
    sessionDays: '7',
    staffIdleMinutes: '30',
    staffHours: '12',
    closeSolvedDays: '7',
    attachmentMegabytes: '25',
    ...change,
  })
  test('take numbers in their ranges, and leave other settings alone', async () => {
    await asOwner(`update tenant set settings = settings || '{"unknown": 1}' where tenant_id = $1`, [
      w.quayline,
    ])
    expect((await admin.post(paths.staff.settingsOf('limits'), limits())).status).toBe(303)
    const [row] = await asOwner('select settings from tenant where tenant_id = $1', [w.quayline])
    expect(row?.settings).toMatchObject({ linkMinutes: 15, sessionIdleMinutes: 60, unknown: 1 })
    expect((await lastAudit('settings.sessions'))?.data).toEqual({
      before: { linkMinutes: 30, sessionIdleMinutes: 480 },
      after: { linkMinutes: 15, sessionIdleMinutes: 60 },
    })
    for (const bad of ['', '9', '31', '1e1', '-15', '15.5', 'x'.repeat(10_000)]) {
      const answer = await admin.post(paths.staff.settingsOf('limits'), limits({ linkMinutes: bad }))
      expect([answer.status, answer.text.includes('id="linkMinutes-error"')]).toEqual([422, true])
    }
  })
})

describe('areas', () => {
  test('that are switched off are gone for everybody from the next request, and come back', async () => {
    const alice = await as(w.alice)
    const bob = await as(w.bob)
    const post = (areas: string[]) => admin.post(paths.staff.settingsOf('areas'), { area: areas })
    expect((await alice.get(paths.tickets())).status).toBe(200)
    await post(['people', 'activity'])
    for (const person of [alice, bob]) {
      expect((await person.get(paths.tickets())).status).toBe(403)
      expect((await person.post(paths.tickets(), { subject: 'x', body: 'y' })).status).toBe(403)
      expect((await person.get(paths.home())).text).not.toContain(`href="${paths.tickets()}"`)
    }
    expect((await (await as(w.zoe)).get(paths.tickets())).status).toBe(200)
    expect((await lastAudit('settings.areas'))?.data).toEqual({
      before: { off: [] },
      after: { off: ['tickets'] },
    })
    await post(['tickets', 'people', 'activity', 'nonsense'])
    expect((await alice.get(paths.tickets())).status).toBe(200)
  })
})
