import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemQuery } from '#src/db/scope.ts'
import { cookieIn, previewOf } from '#src/impersonation/test-ground.ts'
import { endExpired } from '#src/impersonation/trail.ts'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { browser, send, sessionOf, staffSessionOf, type World, world } from '#test/world.ts'

let w: World
let it: Awaited<ReturnType<typeof previewOf>>
beforeAll(async () => {
  w = await world()
})
beforeEach(async () => {
  it = await previewOf(w.staff.manager, w.alice)
})

const BAR = /<body[^>]*><section class="preview-bar"/

test('shows what she sees, under a bar that names both, the time left and Stop', async () => {
  const page = await it.seen.get(paths.ticket(w.tickets.alices.id))
  expect(page.status).toBe(200)
  expect(page.text).toMatch(BAR)
  expect(page.text).toContain('managerStaff, you’re looking at the portal as Alice')
  expect(page.text).toContain('30 minutes left')
  expect(page.text).toContain(`action="${paths.staff.previewEnding(it.id)}"`)
  expect(page.text).toContain('ALICE-PUBLIC')
  expect(page.text).not.toContain('SECRET-INTERNAL-NOTE')
  expect((await it.seen.get(paths.ticket(w.tickets.amirs.id))).status).toBe(404)
  expect(page.headers.get('speculation-rules')).toBeNull()
})

test('the bar is on errors too (IM-08)', async () => {
  for (const path of ['/portal/nothing', paths.ticket(w.tickets.bobs.id), paths.sessions(), paths.login()]) {
    const { status, text } = await it.seen.get(path)
    expect([path, status >= 400, BAR.test(text)]).toEqual([path, true, true])
  }
  const stop = /<form method="post" action="([^"]*)">.*?name="csrf" value="([^"]*)"/s.exec(
    (await it.seen.get(paths.home())).text,
  )
  const token = stop?.[2] ?? ''
  const answer = await it.at.post(stop?.[1] ?? '', { csrf: token })
  expect([answer.status, cookieIn(answer, 'preview')]).toEqual([303, ''])
})

test('what would write is marked, and refused before its body is read (IM-05)', async () => {
  const { text } = await it.seen.get(paths.ticket(w.tickets.alices.id))
  const forms = [...text.matchAll(/<form\b[^>]*method="post".*?<\/form>/gs)].map(([form]) => form).slice(1)
  expect(forms.length).toBeGreaterThan(3)
  for (const form of forms)
    expect(form.match(/<button(?![^>]*aria-disabled="true")(?![^>]*type="button")/)).toBeNull()
  const before = await asOwner('select id from ticket_message')
  let read = 0
  const body = new ReadableStream(
    {
      pull: (controller) => {
        read += 1
        controller.enqueue(new Uint8Array(1024))
      },
    },
    { highWaterMark: 0 },
  )
  const request = { method: 'POST', body, duplex: 'half', headers: { cookie: it.cookie } }
  const answer = await send(paths.ticketReplies(w.tickets.alices.id), request)
  expect([answer.status, BAR.test(answer.text), read]).toEqual([403, true, 0])
  expect(answer.text).toContain('Not in a preview')
  expect((await it.seen.post(paths.ticketReplies(w.tickets.alices.id), { body: 'x' })).status).toBe(403)
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    expect([method, (await send(paths.home(), { method, headers: { cookie: it.cookie } })).status]).toEqual([
      method,
      403,
    ])
  expect(await asOwner('select id from ticket_message')).toEqual(before)
})

test('how and where she signs in stays hers (IM-06)', async () => {
  await sessionOf(w.alice)
  for (const path of [
    paths.sessions(),
    paths.login(),
    paths.loginCode({ request: it.id }),
    paths.loginVerify(),
  ])
    expect([path, (await it.seen.get(path)).status]).toEqual([path, 403])
  for (const path of [paths.login(), paths.sessionEndings(), paths.logout(), paths.loginVerify()])
    expect([path, (await it.seen.post(path, { email: 'alice@acme.example', which: 'all' })).status]).toEqual([
      path,
      403,
    ])
  expect(await asOwner('select id from session where ended_at is not null')).toEqual([])
  expect(await asOwner('select id from login_request')).toEqual([])
})

test('it goes before a session of one’s own, until it is over', async () => {
  const own = await sessionOf(w.bob)
  const cookie = `${it.cookie}; portal=${own}`
  const both = browser(cookie, own)
  expect((await both.get(paths.ticket(w.tickets.bobs.id))).status).toBe(404)
  expect((await both.post(paths.ticketClosure(w.tickets.bobs.id))).status).toBe(403)
  await it.at.post(paths.staff.previewEnding(it.id))
  const over = await both.get(paths.ticket(w.tickets.bobs.id))
  expect([over.status, cookieIn(over, 'preview'), over.text.includes('Bob server')]).toEqual([401, '', false])
  const after = browser(`staff=${it.staffToken}; portal=${own}`, own)
  expect((await after.get(paths.ticket(w.tickets.bobs.id))).status).toBe(200)
})

test('each page and file is a row: who, as whom, what (IM-07)', async () => {
  const pages = [paths.home(), paths.tickets({ q: 'printer' }), paths.attachment(w.tickets.alices.file)]
  for (const path of pages) expect((await it.seen.get(path)).status).toBe(200)
  await it.seen.post(paths.tickets(), { subject: 'No' })
  const rows = await asOwner(
    `select action, actor_id, on_behalf_id, company_id, data, host(ip) as ip from audit_event
      where object_id = $1 and action in ('preview.viewed', 'preview.refused') order by at, id`,
    [it.id],
  )
  const facts = {
    actor_id: w.staff.manager.id,
    on_behalf_id: w.alice.id,
    company_id: w.acme,
    ip: '127.0.0.1',
  }
  expect(rows).toEqual([
    ...pages.map((path) => ({
      ...facts,
      action: 'preview.viewed',
      data: { method: 'GET', path: path.split('?')[0] },
    })),
    { ...facts, action: 'preview.refused', data: { method: 'POST', path: paths.tickets() } },
  ])
  await asOwner(`alter table audit_event add constraint closed check (action <> 'preview.viewed') not valid`)
  const unwritten = await it.seen.get(paths.ticket(w.tickets.alices.id))
  expect([unwritten.status, unwritten.text.includes('ALICE-PUBLIC')]).toEqual([500, false])
  await asOwner('alter table audit_event drop constraint closed')
})

test('a permission of hers is gone with the next request', async () => {
  expect((await it.seen.get(paths.newTicket())).status).toBe(200)
  await asOwner(
    `update contact set role_id = (select id from role where tenant_id = $1 and preset = 'viewer') where id = $2`,
    [w.quayline, w.alice.id],
  )
  expect((await it.seen.get(paths.newTicket())).status).toBe(403)
  await asOwner(
    `update contact set role_id = (select id from role where tenant_id = $1 and preset = 'user') where id = $2`,
    [w.quayline, w.alice.id],
  )
})

describe('the next request finds it over (IM-04) when', () => {
  const { manager } = { manager: () => w.staff.manager.id }
  const endings: Record<string, [end: () => Promise<unknown>, undo: string]> = {
    'the staff member is disabled': [
      () => asOwner('update staff_member set disabled_at = now() where id = $1', [manager()]),
      'update staff_member set disabled_at = null where role = $$manager$$',
    ],
    'the staff member loses the right': [
      () => asOwner(`update staff_member set role = 'technician' where id = $1`, [manager()]),
      'update staff_member set role = $$manager$$ where name = $$managerStaff$$',
    ],
    'the staff session is ended': [() => asOwner('update staff_session set ended_at = now()'), 'select 1'],
    'the staff session idles': [
      () => asOwner(`update staff_session set last_seen_at = now() - interval '31 minutes'`),
      'select 1',
    ],
    'the contact is disabled': [
      () => asOwner('update contact set disabled_at = now() where id = $1', [w.alice.id]),
      'update contact set disabled_at = null where name = $$Alice$$',
    ],
    'the contact has no role any more': [
      () => asOwner('update contact set role_id = null where id = $1', [w.alice.id]),
      `update contact set role_id = (select id from role r where r.tenant_id = contact.tenant_id and preset = 'user') where name = 'Alice'`,
    ],
    'the company is archived': [
      () => asOwner('update company set archived_at = now() where id = $1', [w.acme]),
      'update company set archived_at = null',
    ],
    'the tenant is suspended': [
      () => asOwner('update tenant set suspended_at = now() where tenant_id = $1', [w.quayline]),
      'update tenant set suspended_at = null',
    ],
    'thirty minutes are over, however busy': [
      () =>
        asOwner(`update preview_session set started_at = started_at - interval '30 minutes', expires_at = expires_at - interval '30 minutes'
          where ended_at is null`),
      'select 1',
    ],
  }
  test.each(Object.entries(endings))('%s', async (_, [end, undo]) => {
    expect((await it.seen.get(paths.home())).status).toBe(200)
    await end()
    const { status, text } = await it.seen.get(paths.ticket(w.tickets.alices.id))
    const write = await it.seen.post(paths.ticketClosure(w.tickets.alices.id))
    await asOwner(undo)
    expect([status, text.includes('ALICE'), write.status]).toEqual([401, false, 401])
    expect((await it.seen.get(paths.home())).status).toBe(401) // it doesn't come back
    const ends = await asOwner(
      `select data from audit_event where action = 'preview.ended' and object_id = $1`,
      [it.id],
    )
    expect(ends).toHaveLength(1)
  })
})

test('without the staff cookie, or with a colleague’s, it opens nothing', async () => {
  const alone = browser(`preview=${it.token}`, it.token)
  expect((await alone.get(paths.home())).status).toBe(401)
  it = await previewOf(w.staff.manager, w.alice)
  const other = await previewOf(w.staff.administrator, w.bob)
  const later = browser(`staff=${await staffSessionOf(w.staff.manager)}; preview=${it.token}`, it.token)
  expect((await later.get(paths.home())).status).toBe(401)
  it = await previewOf(w.staff.manager, w.alice)
  const mixed = browser(`staff=${other.staffToken}; preview=${it.token}`, it.token)
  expect((await mixed.get(paths.home())).status).toBe(401)
  for (const token of ['x', '', it.token.replace(/.$/, 'A').replace(/^./, 'B'), 'A'.repeat(10_000)])
    expect(
      (await browser(`staff=${it.staffToken}; preview=${token}`, token).get(paths.home())).text,
    ).not.toContain('Alice')
})

test('one that nobody comes back to gets its end, too', async () => {
  await asOwner(
    `update preview_session set started_at = started_at - interval '31 minutes', expires_at = expires_at - interval '31 minutes'
    where id = $1`,
    [it.id],
  )
  await endExpired()
  await endExpired()
  const ends = await systemQuery(
    `select data from audit_event where action = 'preview.ended' and object_id = $1`,
    [it.id],
  )
  expect(ends).toEqual([{ data: { why: 'time' } }])
})
