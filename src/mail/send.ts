import { asSystem, type Db } from '#src/db/scope.ts'
import type { JobRun } from '#src/jobs/job.ts'
import { failureOf } from '#src/mail/failure.ts'
import { sendByGraph } from '#src/mail/graph.ts'
import { storeInMailbox } from '#src/mail/mailbox.ts'
import { composeMessage, type Message } from '#src/mail/message.ts'
import { mailsEnded } from '#src/mail/metrics.ts'
import { claimMail, noteFailure, type QueuedMail, settleMail } from '#src/mail/outbox.ts'
import { type Route, routeOf } from '#src/mail/route.ts'
import { sendBySmtp } from '#src/mail/smtp.ts'
import { tenantById } from '#src/tenants/tenant.ts'

type Ended = 'sent' | 'dropped' | 'failed'

let saidNoMailer = false

const noMailer = (run: JobRun) => {
  if (!saidNoMailer) run.log.error({ alert: true }, 'no mailer: set SMTP_URL; mails wait until then')
  saidNoMailer = true
  return new Error('no mailer')
}

const ADDRESS = /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/u

const deliver = (route: Route, message: Message, signal: AbortSignal) => {
  if (route.by === 'smtp') return sendBySmtp(route, message, signal)
  return route.by === 'graph' ? sendByGraph(route, message, signal) : storeInMailbox(message)
}

/** Renders and sends one mail: how it ended and, unless it was sent, why. Throws when it should be tried again. */
const attempt = async (tenantId: string, mail: QueuedMail, run: JobRun): Promise<[Ended, string?]> => {
  const tenant = await tenantById(tenantId)
  if (!tenant) return ['dropped', 'the tenant is suspended']
  if (!ADDRESS.test(mail.recipient)) return ['failed', 'not an address']
  const read = <T>(work: (db: Db) => Promise<T>) => asSystem('mail', work, tenantId)
  const route = await read((db) => routeOf(db, tenant))
  if (!route) throw noMailer(run)
  const message = await read((db) => composeMessage(db, mail, tenant, route.from))
  if (!message) return ['dropped', 'no longer needed']
  try {
    await deliver(route, message, run.signal)
    saidNoMailer = false
    return ['sent']
  } catch (error) {
    const { reason, final } = failureOf(error)
    if (final) return ['failed', reason]
    throw error
  }
}

/**
 * `mail:send`: sends one mail of the outbox, outside any transaction. At least once: if the process dies between the
 * server's answer and our own note of it, the same message goes out again under the same Message-ID.
 */
export const sendMail = async ({ tenant, mail: id }: { tenant: string; mail: string }, run: JobRun) => {
  const within = <T>(work: (db: Db) => Promise<T>) => asSystem('mail', work, tenant)
  const mail = await within((db) => claimMail(db, id))
  if (!mail) return
  const end = async (state: Ended, reason?: string) => {
    await within((db) => settleMail(db, id, state, reason))
    mailsEnded.inc({ kind: mail.kind, state })
  }
  try {
    const [state, reason] = await attempt(tenant, mail, run)
    await end(state, reason)
    if (state === 'failed') run.log.warn({ mail: id, kind: mail.kind, reason }, 'mail refused')
  } catch (error) {
    const { reason } = failureOf(error)
    if (!run.last) {
      await within((db) => noteFailure(db, id, reason))
      throw new Error(reason)
    }
    await end('failed', reason)
    run.log.error({ alert: true, mail: id, kind: mail.kind, reason }, 'mail given up')
  }
}
