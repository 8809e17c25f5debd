import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSystem, scopedStaff } from '#src/db/scope.ts'
import { GRAPH, graphServer } from '#src/mail/test-graph.ts'
import { aTenant, installation, mailRow, queue, send } from '#src/mail/test-ground.ts'
import { keepSecretOf } from '#src/settings/secrets.ts'
import { freshDatabase } from '#test/database.ts'

let graph: Awaited<ReturnType<typeof graphServer>>
beforeAll(async () => {
  await freshDatabase()
  graph = await graphServer()
  await installation({ MODE: 'production', GRAPH_URL: graph.url, GRAPH_LOGIN_URL: graph.url })
})
afterAll(() => graph.close())

const from = 'portal@contoso.example'
const withGraph = async (secret = GRAPH.secret) => {
  const mailer = { by: 'graph', directory: GRAPH.directory, client: GRAPH.client, from }
  const { tenant, dana } = await aTenant({ settings: { mailer } })
  await scopedStaff({ tenantId: tenant, staffId: dana }, 'write', (db) =>
    keepSecretOf(db, 'graph-secret', secret),
  )
  return tenant
}

test('sends the whole message as Microsoft takes it, with one token for many', async () => {
  const tenant = await withGraph()
  const first = await queue(tenant, { data: { text: 'Printer fixed, ünïcode.' } })
  const second = await queue(tenant)
  await send(tenant, first)
  await send(tenant, second)
  expect(await mailRow(tenant, first)).toMatchObject({ state: 'sent', last_error: null })
  const [one, two] = graph.sent
  expect(one).toMatchObject({
    path: '/v1.0/users/portal%40contoso.example/sendMail',
    authorization: 'Bearer token-1',
    type: 'text/plain',
  })
  expect(two?.authorization).toBe('Bearer token-1')
  expect(graph.tokens()).toBe(1)
  expect(one?.mail.messageId).toBe((await mailRow(tenant, first)).message_id)
  expect(one?.mail.subject).toBe('[4812] Printer fixed, ünïcode.')
  expect(one?.mail.text).toContain('Printer fixed, ünïcode.')
  expect(one?.mail.html).toContain('<html')
  expect(one?.mail.headers.get('auto-submitted')).toBe('auto-generated')
  expect(one?.mail.from?.value).toEqual([{ name: 'Northwind IT', address: from }])
})

test('what Microsoft refuses for good is failed; what may pass is tried again, with a new token after 401', async () => {
  const tenant = await withGraph()
  const bad = await queue(tenant)
  graph.refuseNext(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.')
  await send(tenant, bad)
  expect(await mailRow(tenant, bad)).toMatchObject({
    state: 'failed',
    last_error: 'ErrorInvalidRecipients · DATA · At least one recipient is not valid.',
  })
  const good = await queue(tenant)
  graph.refuseNext(429, 'TooManyRequests', 'Slow down.')
  await expect(send(tenant, good)).rejects.toThrow('TooManyRequests')
  graph.refuseNext(401, 'InvalidAuthenticationToken', 'Access token has expired.')
  await expect(send(tenant, good)).rejects.toThrow('expired')
  const before = graph.tokens()
  await send(tenant, good)
  expect(graph.tokens()).toBe(before + 1)
  expect(await mailRow(tenant, good)).toMatchObject({ state: 'sent' })
})

test('a wrong secret keeps the mail and says why', async () => {
  const tenant = await withGraph('wrong~secret')
  const id = await queue(tenant)
  await expect(send(tenant, id)).rejects.toThrow('AADSTS7000215')
  expect((await mailRow(tenant, id)).last_error).toContain('Invalid client secret')
  expect(
    await asSystem('test', (db) => db.selectFrom('mail').select('state').executeTakeFirst(), tenant),
  ).toEqual({
    state: 'queued',
  })
})
