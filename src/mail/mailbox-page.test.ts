import { Hono } from 'hono'
import { beforeAll, expect, test } from 'vitest'
import { readEnv } from '#src/env.ts'
import { storeInMailbox } from '#src/mail/mailbox.ts'
import { mailbox } from '#src/mail/mailbox-page.tsx'
import type { Message } from '#src/mail/message.ts'
import { renderLetter } from '#src/mail/render.tsx'
import { installation } from '#src/mail/test-ground.ts'
import { paths } from '#src/paths.ts'
import type { AnyEnv } from '#src/web/context.ts'
import { securityHeaders } from '#src/web/headers.ts'
import { about } from '#src/web/request.ts'
import { siteOf } from '#src/web/site.ts'

const link = 'http://localhost:3000/portal/login/verify#t=abc'
const site = siteOf(readEnv({ MODE: 'development' }))
const app = new Hono<AnyEnv>().use(about(site), securityHeaders(false)).route('/mailbox', mailbox)

const get = async (path: string) => {
  const answer = await app.request(path)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

const message: Message = {
  id: '0198c0de-0000-7000-8000-00000000000a',
  kind: 'sign-in',
  from: { name: 'Northwind IT', address: 'portal@northwind.example' },
  to: 'dana@fjord.example',
  replyTo: 'help@northwind.example',
  subject: 'Sign in <now>',
  date: new Date('2026-11-17T10:42:00Z'),
  messageId: '<1@northwind.example>',
  ...(await renderLetter({
    locale: 'en-US',
    subject: 'Sign in',
    preheader: '',
    blocks: [{ type: 'button', label: 'Continue', href: link }],
    footer: [],
    sender: {
      name: 'Northwind IT',
      supportEmail: 'help@northwind.example',
      supportPhone: null,
      brandColor: '#175c70',
    },
  })),
}

beforeAll(() => installation())

test('an empty mailbox looks again by itself, a filled one stands still', async () => {
  const empty = await get(paths.mailbox('dana@fjord.example'))
  expect(empty.status).toBe(200)
  expect(empty.headers.get('refresh')).toBe('5')
  await storeInMailbox(message)
  const filled = await get(paths.mailbox('dana@fjord.example'))
  expect(filled.headers.has('refresh')).toBe(false)
  expect(filled.text).toContain(`href="${paths.mailboxMail(message.id)}"`)
  expect(filled.text).toContain('Sign in &lt;now&gt;')
  expect((await get(paths.mailbox('lee@fjord.example'))).text).not.toContain('Sign in')
})

test('a mail shows its text with working links, and its HTML in a frame of its own', async () => {
  await storeInMailbox(message)
  const page = await get(paths.mailboxMail(message.id))
  expect(page.text).toContain(`<a class="underline" href="${link}">${link}</a>`)
  expect(page.text).toContain(`src="${paths.mailboxHtml(message.id)}"`)
  const framed = await get(paths.mailboxHtml(message.id))
  expect(framed.text).toBe(message.html)
  expect(framed.headers.get('content-security-policy')).toMatch(
    /^sandbox allow-popups[^;]*; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'$/,
  )
})

test('what is not there is not found', async () => {
  expect((await get(paths.mailboxMail('0198c0de-0000-7000-8000-00000000000b'))).status).toBe(404)
  expect((await get('/mailbox/..%2Fapp-secret')).status).toBe(404)
})
