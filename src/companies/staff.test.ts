import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { as, asStaff, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

test('the list counts contacts, portal users and open tickets of each company', async () => {
  const page = await (await asStaff(w.staff.technician)).get(paths.staff.companies())
  expect(page.status).toBe(200)
  const acme = page.text.slice(page.text.indexOf(paths.staff.company(w.acme)))
  // ten at Acme: seven presets' people and friends, one of them disabled, one without a role
  expect(acme).toMatch(/11 contacts.*9 portal users.*3 open/s)
  expect(page.text).toContain(paths.staff.company(w.bolt))
  expect(page.text).not.toContain(w.acmeAtHarbor)
})

test('search narrows it, and a page leads to the next and back', async () => {
  await asOwner(
    `insert into company (tenant_id, id, name, name_key)
      select $1, gen_random_uuid(), 'Paged ' || lpad(n::text, 2, '0'), 'paged ' || lpad(n::text, 2, '0') from generate_series(1, 30) n`,
    [w.quayline],
  )
  const at = await asStaff(w.staff.technician)
  const first = await at.get(paths.staff.companies({ q: 'paged' }))
  expect(first.text).toContain('Paged 25')
  expect(first.text).not.toContain('Paged 26')
  expect(first.text).not.toContain('>Acme<')
  const next = /rel="next" href="([^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const second = await at.get(next)
  expect(second.text).toContain('Paged 26')
  expect(second.text).not.toContain('Paged 25')
  const back = /rel="prev" href="([^"]+)"/.exec(second.text)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect((await at.get(back)).text).toContain('Paged 01')
  expect((await at.get(paths.staff.companies({ q: '100%_\\' }))).text).toContain('No company matches')
  expect((await at.get(paths.staff.companies({ after: 'nonsense' }))).status).toBe(200)
})

test('a company page shows its people, open tickets and what happened', async () => {
  const at = await asStaff(w.staff.technician)
  const page = await at.get(paths.staff.company(w.acme))
  for (const text of ['Alice', 'Nora', 'Alice printer', '3 open tickets']) expect(page.text).toContain(text)
  for (const text of ['BOLT', 'Bob', 'Zoe', 'HARBOR']) expect(page.text).not.toContain(text)
  const found = await at.get(paths.staff.company(w.acme, { q: 'nora@' }))
  expect(found.text).toContain('Nora')
  expect(found.text).not.toContain('>Amir<')
})

test('added, renamed, archived and back, each in the log', async () => {
  const at = await asStaff(w.staff.technician)
  const added = await at.post(paths.staff.companies(), { name: '  Cedar & Co ' })
  expect(added.status).toBe(303)
  const page = await at.get(added.location ?? '')
  expect(page.text).toContain('Cedar &amp; Co')
  const id = added.location?.split('/').at(-1) ?? ''
  await at.post(paths.staff.company(id), { name: 'Cedar Group' })
  await at.post(paths.staff.companyArchiving(id))
  expect((await at.get(paths.staff.companies())).text).not.toContain('Cedar Group')
  expect((await at.get(paths.staff.companies({ show: 'archived' }))).text).toContain('Cedar Group')
  await at.post(paths.staff.companyRestoring(id))
  expect((await at.get(paths.staff.companies())).text).toContain('Cedar Group')
  const rows = await asOwner('select action, actor_id from audit_event where company_id = $1 order by id', [
    id,
  ])
  expect(rows.map((row) => row.action)).toEqual([
    'company.added',
    'company.renamed',
    'company.archived',
    'company.restored',
  ])
  expect(rows[0]?.actor_id).toBe(w.staff.technician.id)
})

test('names that are missing, too long or taken come back with what was typed', async () => {
  const at = await asStaff(w.staff.technician)
  const empty = await at.post(paths.staff.companies(), { name: '  ' })
  expect([empty.status, empty.text.includes('This is needed.')]).toEqual([422, true])
  const long = await at.post(paths.staff.companies(), { name: 'x'.repeat(10_000) })
  expect([long.status, long.text.includes('characters too long')]).toEqual([422, true])
  const taken = await at.post(paths.staff.companies(), { name: 'ACME.' })
  expect([taken.status, taken.text.includes('Acme is there already')]).toEqual([422, true])
  expect(taken.text).toContain('value="ACME."')
  expect((await at.post(paths.staff.company(w.acme), { name: 'acme' })).status).toBe(303)
  await at.post(paths.staff.company(w.acme), { name: 'Acme' })
})

test('two sendings of one form at the same time make one company', async () => {
  const at = await asStaff(w.staff.technician)
  const form = { name: 'Once Only', once: '01890000-0000-7000-8000-00000000000a' }
  const answers = await Promise.all([
    at.post(paths.staff.companies(), form),
    at.post(paths.staff.companies(), form),
  ])
  expect(answers.map((answer) => answer.status).sort()[0]).toBe(303)
  expect(await asOwner('select 1 from company where name = $1', ['Once Only'])).toHaveLength(1)
})

test('archiving a company ends its sessions with the next click', async () => {
  const bob = await as(w.bob)
  expect((await bob.get('/portal')).status).toBe(200)
  const at = await asStaff(w.staff.technician)
  await at.post(paths.staff.companyArchiving(w.bolt))
  expect((await bob.get('/portal')).location).toMatch('/portal/login')
  await at.post(paths.staff.companyRestoring(w.bolt))
  expect((await bob.get('/portal')).location).toMatch('/portal/login')
})

test("another tenant's company is not there, and a viewer changes nothing", async () => {
  const [at, viewer] = [await asStaff(w.staff.administrator), await asStaff(w.staff.viewer)]
  const random = '0198aaaa-0000-7000-8000-000000000000'
  for (const path of [paths.staff.company, paths.staff.companyEdit]) {
    expect((await at.get(path(w.acmeAtHarbor))).status).toBe(404)
    expect((await at.get(path(random))).status).toBe(404)
    expect((await viewer.get(path(w.acme))).status).toBe(200)
  }
  for (const path of [paths.staff.company, paths.staff.companyArchiving, paths.staff.companyRestoring]) {
    expect((await at.post(path(w.acmeAtHarbor), { name: 'Mine' })).status).toBe(404)
    expect((await viewer.post(path(w.acme), { name: 'Mine' })).status).toBe(403)
  }
  expect((await viewer.post(paths.staff.companies(), { name: 'Mine' })).status).toBe(403)
  expect((await viewer.get(paths.staff.companies())).text).not.toContain('New company')
  expect(await asOwner('select 1 from company where name = $1 or archived_at is not null', ['Mine'])).toEqual(
    [],
  )
})
