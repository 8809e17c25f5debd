import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listeningLog } from '#src/jobs/test-ground.ts'
import { startWorker } from '#src/jobs/worker.ts'
import { listMailbox, readMailbox } from '#src/mail/mailbox.ts'
import { closeMailers } from '#src/mail/smtp.ts'
import { aTenant, installation, mailRow, queue, send, smtpServer } from '#src/mail/test-ground.ts'
import { freshDatabase } from '#test/database.ts'

let smtp: Awaited<ReturnType<typeof smtpServer>>

beforeAll(async () => void (await freshDatabase()))
beforeEach(async () => {
  smtp = await smtpServer()
})
afterEach(async () => {
  await closeMailers()
  await smtp.close()
})

describe('without a mail server', () => {
  test('development keeps mails where only their owner can read them, newest first', async () => {
    const { DATA_DIR } = await installation()
    const { tenant } = await aTenant()
    const first = await queue(tenant, { data: { text: 'first' } })
    const second = await queue(tenant, { to: 'lee@fjord.example' })
    await send(tenant, first)
    await send(tenant, second)
    expect(await mailRow(tenant, first)).toMatchObject({ state: 'sent' })
    expect((await listMailbox()).map(({ id }) => id)).toEqual([second, first])
    expect((await listMailbox('DANA@fjord.example')).map(({ id }) => id)).toEqual([first])
    expect(await readMailbox(first)).toMatchObject({ to: 'dana@fjord.example', subject: '[4812] first' })
    expect(await readMailbox('../app-secret')).toBeUndefined()
    const files = await readdir(join(DATA_DIR, 'mailbox'))
    expect(files.sort()).toEqual([`${first}.json`, `${second}.json`])
    const { mode } = await stat(join(DATA_DIR, 'mailbox', `${first}.json`))
    expect(mode & 0o777).toBe(0o600)
  })

  test('production keeps them queued, and raises the alarm once', async () => {
    await installation({ MODE: 'production' })
    const { tenant } = await aTenant()
    const id = await queue(tenant)
    const log = listeningLog()
    const worker = await startWorker({ concurrency: 1, logger: log.logger })
    const retries = () => log.lines.filter((line) => line.outcome === 'retry').length
    await log.line(() => retries() === 2)
    await worker.stop()
    expect(log.lines.filter((line) => line.alert).map(({ msg }) => msg)).toEqual([
      'no mailer: set SMTP_URL; mails wait until then',
    ])
    expect(await mailRow(tenant, id)).toMatchObject({ state: 'queued', last_error: 'no mailer' })
  })
})

const own = (url: string) => ({
  by: 'smtp',
  host: '127.0.0.1',
  port: Number(new URL(url).port),
  security: 'none',
  from: 'portal@northwind.example',
})

describe('a tenant’s own mail server', () => {
  test('is used instead of the installation’s', async () => {
    const mailer = own(smtp.url)
    await installation({ SMTP_URL: 'smtp://127.0.0.1:1' })
    const { tenant } = await aTenant({ settings: { mailer } })
    await send(tenant, await queue(tenant))
    expect(smtp.received[0]?.from).toBe('portal@northwind.example')
  })

  test('must not be inside the portal’s network in production', async () => {
    await installation({ MODE: 'production' })
    const { tenant } = await aTenant({ settings: { mailer: own(smtp.url) } })
    const id = await queue(tenant)
    await expect(send(tenant, id)).rejects.toThrow('not on the public internet')
    expect(smtp.received).toEqual([])
  })
})
