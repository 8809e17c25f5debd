import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { lastAudit } from '#src/settings/test-ground.ts'
import { asOwner } from '#test/database.ts'
import { wordsOf } from '#test/pages.ts'
import { asStaff, type World, world } from '#test/world.ts'

const CLAUDE = paths.staff.settingsOf('claude')
const KEY = 'sk-ant-api03-right_key-0123456789'

/** Answers as https://docs.claude.com/en/api/models-list and /errors show it. */
let answer: { status: number; body: object } | undefined
const server = createServer((request, response) => {
  const say = (status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (answer) return say(answer.status, answer.body)
  if (request.headers['x-api-key'] !== KEY || !request.headers['anthropic-version'])
    return say(401, { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } })
  return say(200, {
    data: [{ type: 'model', id: 'claude-opus-4-6', display_name: 'Claude Opus 4.6' }],
    has_more: false,
  })
})

let w: World
let admin: Awaited<ReturnType<typeof asStaff>>
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  w = await world({ CLAUDE_URL: `http://127.0.0.1:${address.port}` })
  admin = await asStaff(w.staff.administrator)
})
afterAll(() => void server.close())

const tryIt = () => admin.post(paths.staff.settingsDo('claude', 'tests'))

test('the key is kept sealed, never shown again, and works', async () => {
  expect((await tryIt()).status).toBe(404)
  expect((await admin.post(CLAUDE, { claudeKey: KEY })).location).toBe(CLAUDE)
  const page = await admin.get(CLAUDE)
  expect(wordsOf(page)).toContain('A key that ends in 6789 was set')
  const tested = await tryIt()
  expect(wordsOf(tested)).toContain('The key works. It opens claude-opus-4-6')
  const rows = await asOwner(
    `select to_jsonb(s)::text as text from tenant_secret s union all select to_jsonb(a)::text from audit_event a`,
  )
  expect(page.text + tested.text + JSON.stringify(rows)).not.toContain('right_key')
  expect((await lastAudit('settings.claude-key'))?.data).toEqual({ ends: '6789' })
})

test('a wrong key, a limit and silence each have an answer', async () => {
  await admin.post(CLAUDE, { claudeKey: 'sk-ant-api03-wrong_key-000' })
  expect(wordsOf(await tryIt())).toContain(
    'Anthropic refused the key. The answer was: 401 authentication_error: invalid x-api-key',
  )
  answer = { status: 429, body: { type: 'error', error: { type: 'rate_limit_error', message: 'slow down' } } }
  expect(wordsOf(await tryIt())).toContain('its limit is reached')
  answer = { status: 200, body: { hello: 'world' } }
  expect(wordsOf(await tryIt())).toContain('was not understood')
  answer = undefined
  for (const claudeKey of ['', 'sk-live-stripe', `sk-ant-${'x'.repeat(10_000)}`]) {
    const back = await admin.post(CLAUDE, { claudeKey })
    expect([back.status, back.text.includes('id="claudeKey-error"')]).toEqual([422, true])
  }
})

test('belongs to one tenant and its administrators', async () => {
  expect(wordsOf(await (await asStaff(w.harborStaff)).get(CLAUDE))).toContain('No key is set')
  const tech = await asStaff(w.staff.technician)
  for (const path of [
    CLAUDE,
    paths.staff.settingsDo('claude', 'tests'),
    paths.staff.settingsDo('claude', 'removal'),
  ])
    expect((await tech.post(path, { claudeKey: KEY })).status).toBe(403)
  await admin.post(paths.staff.settingsDo('claude', 'removal'))
  expect(wordsOf(await admin.get(CLAUDE))).toContain('No key is set')
})
