import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { asSystem } from '#src/db/scope.ts'
import { headerText, withoutSecrets } from '#src/mail/clean.ts'
import { GraphRefusal, sendByGraph } from '#src/mail/graph.ts'
import { storeInMailbox } from '#src/mail/mailbox.ts'
import type { Message } from '#src/mail/message.ts'
import { renderLetter } from '#src/mail/render.tsx'
import { type Route, routeOf } from '#src/mail/route.ts'
import { trySmtp } from '#src/mail/smtp.ts'
import { translator } from '#src/messages/index.ts'
import { CannotUnseal } from '#src/seal.ts'
import type { Tenant } from '#src/tenants/tenant.ts'

/** How a test mail ended. `answer`: what the server said, without what might be a secret. */
export type Tried = {
  outcome:
    | 'sent'
    | 'mailbox'
    | 'no-mailer'
    | 'sealed'
    | 'password'
    | 'unreachable'
    | 'name'
    | 'tls'
    | 'private'
    | 'sender'
    | 'recipient'
    | 'refused'
  answer: string
}

const PATIENCE = 12_000

const letterFor = async (tenant: Tenant, from: string, to: string): Promise<Message> => {
  const t = translator(tenant.locale)
  const id = uuidv7()
  const subject = t('mail.test.subject', { tenant: tenant.name })
  const parts = await renderLetter({
    locale: tenant.locale,
    subject,
    preheader: t('mail.test.text'),
    blocks: [
      { type: 'heading', text: subject },
      { type: 'text', text: t('mail.test.text') },
    ],
    footer: [t('mail.test.why')],
    sender: tenant,
  })
  return {
    id,
    kind: 'test',
    from: { name: headerText(tenant.name, 100), address: from },
    to,
    replyTo: tenant.supportEmail,
    subject: headerText(subject, 78),
    date: new Date(),
    messageId: `<${id}@${from.split('@').pop()}>`,
    ...parts,
  }
}

const failureShape = z.object({
  code: z.string().optional(),
  command: z.string().optional(),
  message: z.string().default(''),
  response: z.string().optional(),
})

const UNREACHABLE = [
  'ECONNECTION',
  'ESOCKET',
  'ETIMEDOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ABORT_ERR',
]
const LOST = ['EDNS', 'ENOTFOUND', 'EAI_AGAIN']

const reasonOf = (error: unknown): Tried['outcome'] => {
  if (error instanceof GraphRefusal) {
    if (error.command === 'AUTH') return 'password'
    return /Recipient/.test(error.code)
      ? 'recipient'
      : /User|Mailbox|AccessDenied/.test(error.code)
        ? 'sender'
        : 'refused'
  }
  const { code = '', command = '', message } = failureShape.catch({ message: '' }).parse(error)
  if (/not on the public internet/.test(message)) return 'private'
  if (code === 'EAUTH') return 'password'
  if (code === 'ETLS' || /certificate|SSL|TLS/i.test(message)) return 'tls'
  if (LOST.includes(code)) return 'name'
  if (command === 'MAIL FROM') return 'sender'
  if (command === 'RCPT TO') return 'recipient'
  if (UNREACHABLE.includes(code) || error instanceof DOMException || error instanceof TypeError)
    return 'unreachable'
  return 'refused'
}

const causeOf = (error: unknown) =>
  error instanceof TypeError && error.cause instanceof Error ? error.cause : error

const failed = (error: unknown): Tried => {
  const { message, response } = failureShape.catch({ message: String(error) }).parse(causeOf(error))
  const code = error instanceof GraphRefusal ? `${error.code}: ` : ''
  return { outcome: reasonOf(error), answer: withoutSecrets(`${code}${response ?? message}`) }
}

const hand = async (route: Route, message: Message): Promise<Tried> => {
  if (route.by === 'smtp')
    return { outcome: 'sent', answer: withoutSecrets(await trySmtp(route, message, PATIENCE)) }
  if (route.by === 'graph') {
    await sendByGraph(route, message, AbortSignal.timeout(PATIENCE))
    return { outcome: 'sent', answer: '202 Accepted' }
  }
  await storeInMailbox(message)
  return { outcome: 'mailbox', answer: '' }
}

/** Sends a test mail now, the way the tenant's mails go, and says how that went. Takes 12 seconds at most. */
export const tryMail = async (tenant: Tenant, to: string): Promise<Tried> => {
  try {
    const route = await asSystem('mail: test', (db) => routeOf(db, tenant), tenant.id)
    if (!route) return { outcome: 'no-mailer', answer: '' }
    return await hand(route, await letterFor(tenant, route.from, to))
  } catch (error) {
    return error instanceof CannotUnseal ? { outcome: 'sealed', answer: '' } : failed(error)
  }
}
