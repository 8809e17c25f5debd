import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '#src/db/connect.ts'
import { asSystem } from '#src/db/scope.ts'
import { listeningLog } from '#src/jobs/test-ground.ts'
import { startWorker } from '#src/jobs/worker.ts'
import { queueMail } from '#src/mail/outbox.ts'
import { closeMailers } from '#src/mail/smtp.ts'
import {
  aTenant,
  chattyServer,
  installation,
  mailRow,
  queue,
  send,
  silentServer,
  smtpServer,
} from '#src/mail/test-ground.ts'
import { asOwner, freshDatabase } from '#test/database.ts'

let smtp: Awaited<ReturnType<typeof smtpServer>>

beforeAll(async () => void (await freshDatabase()))
beforeEach(async () => {
  smtp = await smtpServer()
  await installation({ SMTP_URL: smtp.url, MAIL_FROM: 'portal@mails.example' })
})
afterEach(async () => {
  await closeMailers()
  await smtp.close()
})

const onlyOne = <T>(list: T[]): T => {
  const [one] = list
  if (!one || list.length > 1) throw new Error(`${list.length} instead of one`)
  return one
}

describe('a mail', () => {
  test('has both parts, one recipient, and the headers of an automatic mail in the tenant’s name', async () => {
    const { tenant } = await aTenant({ name: 'Nord\u202Ewind, “IT”' })
    const id = await queue(tenant, { thread: '0198c0de-0000-7000-8000-000000000001' })
    await send(tenant, id)
    const { mail, ...envelope } = onlyOne(smtp.received)
    expect(envelope).toMatchObject({ from: 'portal@mails.example', to: ['dana@fjord.example'] })
    expect(mail.from?.value).toEqual([{ name: 'Nordwind, “IT”', address: 'portal@mails.example' }])
    expect(mail.to).toMatchObject({ value: [{ address: 'dana@fjord.example' }] })
    expect(mail.replyTo?.text).toBe('help@northwind.example')
    expect(mail.subject).toBe('[4812] Printer fixed.')
    expect(mail.messageId).toBe(`<${id}@mails.example>`)
    expect(mail.inReplyTo).toBe('<thread.0198c0de-0000-7000-8000-000000000001@mails.example>')
    expect(mail.references).toBe(mail.inReplyTo)
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail.headers.get('x-auto-response-suppress')).toBe('All')
    expect(mail.headers.has('x-mailer')).toBe(false)
    expect(mail.text).toContain('Open the ticket:\nhttp://localhost:3000/portal/tickets/1')
    expect(mail.text).toContain('(206) 555-0142')
    expect(mail.html).toContain('href="http://localhost:3000/portal/tickets/1"')
    expect(await mailRow(tenant, id)).toMatchObject({ state: 'sent', attempts: 1, last_error: null })
  })

  test('cannot be given further recipients or headers by what people typed', async () => {
    const { tenant } = await aTenant()
    const two = await queue(tenant, { to: 'dana@fjord.example, eve@evil.example' })
    await send(tenant, two)
    expect(await mailRow(tenant, two)).toMatchObject({ state: 'failed', last_error: 'not an address' })
    const text = `Hello\r\nBcc: eve@evil.example\r\n\r\n${'long '.repeat(40)}`
    await send(tenant, await queue(tenant, { data: { text } }))
    const { to, mail } = onlyOne(smtp.received)
    expect(to).toEqual(['dana@fjord.example'])
    expect(mail.headers.has('bcc')).toBe(false)
    expect(mail.subject).toHaveLength(78)
  })

  test('is queued once for a dedupe key, and not at all when the transaction fails', async () => {
    const { tenant } = await aTenant()
    const mail = { kind: 'note', to: 'dana@fjord.example', data: {}, dedupeKey: 'reply 1' }
    const both = await asSystem(
      'test',
      async (db) => [await queueMail(db, mail), await queueMail(db, mail)],
      tenant,
    )
    expect(both).toEqual([expect.any(String), undefined])
    const failing = asSystem(
      'test',
      async (db) => {
        await queueMail(db, { ...mail, dedupeKey: 'reply 2' })
        throw new Error('no')
      },
      tenant,
    )
    await expect(failing).rejects.toThrow('no')
    const rows = await asSystem('test', (db) => db.selectFrom('mail').select('dedupe_key').execute(), tenant)
    expect(rows).toEqual([{ dedupe_key: 'reply 1' }])
  })

  test('goes from the worker, without anybody calling', async () => {
    const { tenant } = await aTenant()
    const log = listeningLog()
    const worker = await startWorker({ concurrency: 2, logger: log.logger })
    const id = await queue(tenant)
    await log.line((line) => line.outcome === 'done' && smtp.received.length > 0)
    await worker.stop()
    expect(await mailRow(tenant, id)).toMatchObject({ state: 'sent' })
  })
})

describe('a mail that the server does not take', () => {
  test('is tried again after a 451, once delivered, under the same Message-ID', async () => {
    const { tenant } = await aTenant()
    const id = await queue(tenant)
    smtp.refuseNext('RCPT TO', 451, 'greylisted, see https://example.org/12345678')
    await expect(send(tenant, id)).rejects.toThrow('greylisted')
    expect(await mailRow(tenant, id)).toMatchObject({ state: 'queued', attempts: 1 })
    expect((await mailRow(tenant, id)).last_error).toMatch(/451.*greylisted, see \[link\]/)
    await send(tenant, id)
    expect(smtp.received.map(({ mail }) => mail.messageId)).toEqual([`<${id}@mails.example>`])
    expect(await mailRow(tenant, id)).toMatchObject({ state: 'sent', attempts: 2, last_error: null })
  })

  test.each(['RCPT TO', 'DATA'] as const)('is given up at once after a 550 to %s', async (at) => {
    const { tenant } = await aTenant()
    const id = await queue(tenant)
    smtp.refuseNext(at, 550, 'no such user')
    const lines = await send(tenant, id)
    expect(lines).toMatchObject([{ level: 40, msg: 'mail refused', mail: id }])
    expect(await mailRow(tenant, id)).toMatchObject({ state: 'failed', attempts: 1 })
    await send(tenant, id)
    expect(smtp.received).toEqual([])
  })

  test('is failed, with an alert, when the last attempt has failed', async () => {
    const { tenant } = await aTenant()
    const id = await queue(tenant)
    smtp.refuseNext('DATA', 452, 'disk full')
    const lines = await send(tenant, id, true)
    expect(lines).toMatchObject([{ level: 50, alert: true, mail: id, kind: 'note' }])
    expect(await mailRow(tenant, id)).toMatchObject({
      state: 'failed',
      last_error: expect.stringContaining('disk full'),
    })
  })

  test('waits no longer than the timeout for a server that never speaks, and for a dead one not at all', async () => {
    const silent = await silentServer()
    await installation({
      SMTP_URL: silent.url,
      timeouts: { connection: 200, greeting: 200, idle: 200, total: 2_000 },
    })
    const { tenant } = await aTenant()
    const id = await queue(tenant)
    for (const _ of [1, 2, 3]) await expect(send(tenant, id)).rejects.toThrow(/ETIMEDOUT/)
    const before = silent.connections()
    await expect(send(tenant, id)).rejects.toThrow('left alone')
    expect(silent.connections()).toBe(before)
    expect(await mailRow(tenant, id)).toMatchObject({ state: 'queued', attempts: 4 })
    await silent.close()
    await installation({ SMTP_URL: smtp.url })
    await send(tenant, id)
    expect(smtp.received).toHaveLength(1)
  })

  test('waits a limited time for a server that keeps on talking', async () => {
    const chatty = await chattyServer()
    await installation({
      SMTP_URL: chatty.url,
      timeouts: { connection: 5_000, greeting: 5_000, idle: 5_000, total: 300 },
    })
    const { tenant } = await aTenant()
    await expect(send(tenant, await queue(tenant))).rejects.toThrow(/EABORT/)
    await chatty.close()
  })
})

describe('at least once', () => {
  test('a copy that is sent because our note of the first got lost is the same, byte for byte', async () => {
    const { tenant } = await aTenant()
    const id = await queue(tenant)
    await asOwner(`alter table mail add constraint lost check (state <> 'sent') not valid`)
    await expect(send(tenant, id)).rejects.toThrow('lost')
    await asOwner('alter table mail drop constraint lost')
    await send(tenant, id)
    const [first, second] = smtp.received
    expect(smtp.received).toHaveLength(2)
    expect(second?.mail.messageId).toBe(first?.mail.messageId)
    expect(second?.raw).toBe(first?.raw)
    expect(await mailRow(tenant, id)).toMatchObject({ state: 'sent', attempts: 2 })
  })

  test('what is sent is not sent again', async () => {
    const { tenant } = await aTenant()
    const id = await queue(tenant)
    await send(tenant, id)
    await send(tenant, id)
    expect(smtp.received).toHaveLength(1)
  })

  test('mails of one thread keep their order, and those of others do not wait', async () => {
    const { tenant } = await aTenant()
    const thread = '0198c0de-0000-7000-8000-000000000002'
    const first = await queue(tenant, { thread, data: { text: 'one' } })
    const second = await queue(tenant, { thread, data: { text: 'two' } })
    const elsewhere = await queue(tenant, { thread, to: 'lee@fjord.example', data: { text: 'to Lee' } })
    smtp.refuseNext('DATA', 451, 'later')
    await expect(send(tenant, first)).rejects.toThrow('later')
    await send(tenant, second)
    await send(tenant, elsewhere)
    expect(await mailRow(tenant, second)).toMatchObject({ state: 'queued', attempts: 0 })
    const waitsFor = async () => {
      const job = `select extract(epoch from run_at - now())::float8 as seconds from graphile_worker.jobs where key = $1`
      return (await pool('worker').query<{ seconds: number }>(job, [`mail:${second}`])).rows[0]?.seconds
    }
    expect(await waitsFor()).toBeGreaterThan(0)
    await send(tenant, first)
    expect(await waitsFor()).toBeLessThanOrEqual(0)
    await send(tenant, second)
    expect(smtp.received.map(({ mail }) => mail.subject)).toEqual([
      '[4812] to Lee',
      '[4812] one',
      '[4812] two',
    ])
  })
})

describe('a mail that is not to be sent', () => {
  test('is dropped when it is too late', async () => {
    const { tenant } = await aTenant()
    const id = await queue(tenant, { expiresAt: new Date(Date.now() - 1_000) })
    await send(tenant, id)
    expect(await mailRow(tenant, id)).toMatchObject({ state: 'dropped', attempts: 0, last_error: 'too late' })
    expect(smtp.received).toEqual([])
  })

  test('is dropped when its kind sees no reason any more, or its tenant is suspended', async () => {
    const { tenant } = await aTenant()
    const needless = await queue(tenant, { kind: 'needless' })
    await send(tenant, needless)
    expect(await mailRow(tenant, needless)).toMatchObject({
      state: 'dropped',
      last_error: 'no longer needed',
    })
    const suspended = await queue(tenant)
    await asSystem(
      'test',
      (db) => db.updateTable('tenant').set({ suspended_at: new Date() }).execute(),
      tenant,
    )
    await send(tenant, suspended)
    expect(await mailRow(tenant, suspended)).toMatchObject({ state: 'dropped' })
    expect(smtp.received).toEqual([])
  })
})
