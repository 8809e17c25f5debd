import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { lastAudit } from '#src/settings/test-ground.ts'
import { asOwner } from '#test/database.ts'
import { valuesOf, wordsOf } from '#test/pages.ts'
import { as, asStaff, type Fields, type Person, type World, world } from '#test/world.ts'

let w: World
let admin: Awaited<ReturnType<typeof asStaff>>
beforeAll(async () => {
  w = await world()
  admin = await asStaff(w.staff.administrator)
})

const LIST = paths.staff.announcements()
const form = (change: Fields = {}): Fields => ({
  title: 'Mail is down',
  body: 'We are on it.',
  severity: 'danger',
  audience: 'all',
  from: '2026-01-01T08:00',
  until: '2099-01-01T08:00',
  ...change,
})
const home = async (who: Person) => wordsOf(await (await as(who)).get(paths.home()))
const idOf = async (title: string) =>
  (await asOwner<{ id: string }>('select id from announcement where title = $1', [title]))[0]?.id ?? ''

test('is on every client’s start page while it counts, and nowhere else', async () => {
  expect((await admin.post(LIST, form({ title: 'Mail <b>down' }))).location).toBe(LIST)
  for (const who of [w.alice, w.bob, w.roles.viewer])
    expect(await home(who)).toContain('Mail <b>down We are on it.')
  expect(await home(w.zoe)).not.toContain('Mail')
  expect(wordsOf(await admin.get(LIST))).toContain('Shown now')
  await admin.post(LIST, form({ title: 'Planned for later', from: '2098-01-01T08:00' }))
  await admin.post(LIST, form({ title: 'Long over', until: '2026-01-02T08:00' }))
  const page = await home(w.alice)
  expect([page.includes('Planned for later'), page.includes('Long over')]).toEqual([false, false])
  expect((await lastAudit('announcement.added'))?.data).toMatchObject({ after: { title: 'Long over' } })
})

test('for some companies is for nobody else’s eyes', async () => {
  await admin.post(LIST, form({ title: 'Only Bolt', audience: 'companies', companies: [w.bolt] }))
  expect(await home(w.bob)).toContain('Only Bolt')
  expect(await home(w.alice)).not.toContain('Only Bolt')
  await admin.post(
    paths.staff.announcement(await idOf('Only Bolt')),
    form({ title: 'Only Bolt', severity: 'info' }),
  )
  expect(await home(w.alice)).toContain('Only Bolt')
  expect((await lastAudit('announcement.changed'))?.data).toMatchObject({
    before: { severity: 'danger', limited_to: [w.bolt] },
    after: { severity: 'info', limited_to: null },
  })
})

test('keeps its times on the clock of who wrote it', async () => {
  await admin.post(LIST, form({ title: 'Clock', from: '2026-07-01T09:30', until: '' }))
  const [row] = await asOwner(`select shown_from from announcement where title = 'Clock'`)
  // Los Angeles, summer
  expect(row?.shown_from).toEqual(new Date('2026-07-01T16:30:00Z'))
  const page = await admin.get(paths.staff.announcement(await idOf('Clock')))
  expect(valuesOf(page, 'from')).toEqual(['2026-07-01T09:30'])
  expect(valuesOf(page, 'until')).toEqual([''])
})

test('comes back with what was typed when something is wrong', async () => {
  const bad: [Fields, string][] = [
    [{ title: '' }, 'title'],
    [{ title: 'x'.repeat(121) }, 'title'],
    [{ body: 'x'.repeat(1001) }, 'body'],
    [{ severity: 'catastrophe' }, 'severity'],
    [{ audience: 'companies' }, 'companies'],
    [{ audience: 'companies', companies: [w.acmeAtHarbor] }, 'companies'],
    [{ audience: 'companies', companies: ['nonsense'] }, 'companies'],
    [{ from: 'tomorrow' }, 'from'],
    [{ from: '2026-02-31T08:00' }, 'from'],
    [{ until: '2025-01-01T08:00' }, 'until'],
  ]
  for (const [change, field] of bad) {
    const answer = await admin.post(LIST, form(change))
    expect([field, answer.status, answer.text.includes(`id="${field}-error"`)]).toEqual([field, 422, true])
    expect(valuesOf(answer, 'title').length + valuesOf(answer, 'body').length).toBeGreaterThan(0)
  }
})

test('is removed at once; another tenant’s is not there; technicians and clients change none', async () => {
  const id = await idOf('Clock')
  const tech = await asStaff(w.staff.technician)
  const harbor = await asStaff(w.harborStaff)
  for (const path of [paths.staff.announcement(id), paths.staff.announcementRemoval(id)]) {
    expect((await tech.post(path, form())).status).toBe(403)
    expect((await harbor.post(path, form())).status).toBe(404)
  }
  expect((await harbor.get(paths.staff.announcement(id))).status).toBe(404)
  expect((await admin.get(paths.staff.announcement(uuidv7()))).status).toBe(404)
  expect(await home(w.alice)).toContain('Clock')
  await admin.post(paths.staff.announcementRemoval(id))
  expect(await home(w.alice)).not.toContain('Clock')
})
