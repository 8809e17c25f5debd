import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { crawl } from '#test/doors/crawl.ts'
import { hire, staffAnswer } from '#test/staff.ts'
import { as, type World, world } from '#test/world.ts'

/** Leaves every place of a page that text can stand in: an element, an attribute, a script, a comment, a URL. */
const polyglot = (where: string) =>
  `x${where}"'\`>--></textarea></title></script></style><img src=x onerror=alert(1)><svg onload=alert(1)>javascript:alert(1)//\${7*7}{{7*7}}&lt;b&gt;`

let w: World
beforeAll(async () => {
  w = await world()
  const set = (table: string, columns: string[], where: string, id: string) =>
    asOwner(
      `update ${table} set ${columns.map((column, n) => `${column} = $${n + 2}`)} where ${where} = $1`,
      [id, ...columns.map((column) => polyglot(column).slice(0, 180))],
    )
  await set('tenant', ['support_phone', 'desk_hours', 'welcome', 'support_email'], 'tenant_id', w.quayline)
  await asOwner('update tenant set name = $2 where tenant_id = $1', [
    w.quayline,
    polyglot('name').slice(0, 118),
  ])
  await set('company', ['name'], 'id', w.acme)
  for (const who of [w.alice, w.amir, w.roles.manager]) await set('contact', ['name', 'title'], 'id', who.id)
  const [category] = await asOwner<{ id: string }>(
    'select id from category where tenant_id = $1 and not confidential limit 1',
    [w.quayline],
  )
  await asOwner('update category set name = $2 where id = $1', [category?.id, polyglot('c').slice(0, 80)])
  const staff = await hire(w.quayline, polyglot('staff').slice(0, 180))

  const manager = await as(w.roles.manager)
  const file = new File(['x'], polyglot('file').replaceAll('/', ''))
  const made = await manager.post(paths.tickets(), {
    subject: polyglot('subject').slice(0, 199),
    body: polyglot('body'),
    category: category?.id ?? '',
    for: w.alice.id,
    files: file,
  })
  expect(made.status).toBe(303)
  const id = made.location?.split('/').at(-1) ?? ''
  await staffAnswer(w.quayline, staff, id, { body: polyglot('answer'), status: 'waiting_client' })
  await asOwner('update ticket set assignee_id = $2 where id = $1', [id, staff])
  expect((await manager.post(paths.ticketParticipants(id), { contact: w.amir.id })).status).toBe(303)
  await asOwner(
    `update ticket_event set actor_name = $2, data = jsonb_build_object('name', $2::text) where ticket_id = $1`,
    [id, polyglot('event')],
  )
})

/** The polyglot where a browser would act on it. */
const active = (text: string) => text.match(/<img src=x|<svg onload|<\/textarea><\/title>|"'`>/g) ?? []

const CAST = ['alice', 'amir', 'manager', 'admin'] as const
test.each(CAST)('whatever a field holds, the pages of %s only show it', async (name) => {
  const who = name === 'alice' || name === 'amir' ? w[name] : w.roles[name]
  const hostile = encodeURIComponent(polyglot('query'))
  const starts = [
    paths.home(),
    `/portal/tickets?q=${hostile}&status=${hostile}&tab=all`,
    `/portal/tickets/new?subject=${hostile}`,
  ]
  const { html } = await crawl(await as(who), starts)
  expect(active(html)).toEqual([])
  for (const where of [
    'subject',
    'body',
    'answer',
    'file',
    'event',
    'staff',
    'name',
    'desk_hours',
    'welcome',
    'query',
  ])
    expect([where, html.includes(`x${where}&quot;&#39;\``)]).toEqual([where, true])
})

test('nor do pages of what went wrong, or that give a form back', async () => {
  const alice = await as(w.alice)
  const bad = polyglot('typed')
  for (const answer of [
    await alice.get(`/portal/${encodeURIComponent(bad)}`),
    await alice.post(paths.tickets(), { subject: bad.repeat(3), body: bad, priority: bad, category: bad }),
    await alice.post(paths.tickets(), {
      subject: '',
      body: bad,
      files: new File(['x'], `${bad.replaceAll('/', '')}.txt`),
    }),
    await alice.post(`/portal/tickets/${bad.length}`, {}),
  ]) {
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(active(answer.text)).toEqual([])
  }
})
