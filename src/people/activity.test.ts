import { beforeAll, expect, test } from 'vitest'
import { previewOf, REASON } from '#src/impersonation/test-ground.ts'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { wordsOf } from '#test/pages.ts'
import { as, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const add = (company: string, name: string, action: string, minutes: number) =>
  asOwner(
    `insert into audit_event (tenant_id, id, at, company_id, actor_kind, actor_id, actor_name, action, ip, data)
      values ($1, gen_random_uuid(), now() - make_interval(mins => $5), $2, 'contact', gen_random_uuid(), $3, $4, '10.9.8.7', '{"secret": "IN-THE-DATA"}')`,
    [w.quayline, company, name, action, minutes],
  )

test('shows who came in and who looked, in her own company only (IM-10)', async () => {
  await add(w.acme, 'Alice', 'sign-in.consumed', 5)
  await add(w.bolt, 'Bob', 'sign-in.consumed', 5)
  await add(w.acme, 'Nobody', 'ticket.internal-thing', 5)
  const { seen, id, at } = await previewOf(w.staff.manager, w.alice)
  await seen.get(paths.home())
  await at.post(paths.staff.previewEnding(id))
  const page = await (await as(w.roles.admin)).get(paths.activity())
  const words = wordsOf(page)
  expect(words).toContain('managerStaff (Quayline IT) looked at the portal as Alice, read only')
  expect(words).toContain(`Reason: ${REASON}`)
  expect(words).toContain('managerStaff (Quayline IT) stopped looking at the portal as Alice')
  expect(words).toContain('Alice signed in')
  for (const hidden of ['Bob', 'Nobody', '10.9.8.7', 'IN-THE-DATA', '127.0.0.1', 'internal-thing'])
    expect(page.text).not.toContain(hidden)
  expect((await (await as(w.alice)).get(paths.activity())).status).toBe(403)
  const bobs = wordsOf(await (await as(w.bob)).get(paths.activity()))
  expect([bobs.includes('Bob signed in'), bobs.includes('Alice')]).toEqual([true, false])
  expect(wordsOf(await (await as(w.zoe)).get(paths.activity()))).toContain('Nothing yet')
})

test('pages, newest first, without a row lost or doubled', async () => {
  for (let n = 0; n < 120; n++) await add(w.bolt, `Person${n}.`, 'sign-in.consumed', 10 + n)
  const bob = await as(w.bob)
  const found: string[] = []
  let path: string | undefined = paths.activity()
  let steps = 0
  while (path && steps < 5) {
    const page: Awaited<ReturnType<typeof bob.get>> = await bob.get(path)
    found.push(...[...page.text.matchAll(/(Person\d+\.) signed in/g)].map(([, name = '']) => name))
    path = /rel="next" href="([^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&')
    steps += 1
  }
  expect(found).toEqual(Array.from({ length: 120 }, (_, n) => `Person${n}.`))
  for (const bad of ['x', '1.1', ''])
    expect((await bob.get(`${paths.activity()}?after=${bad}`)).status).toBe(200)
})
