import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import { headerText } from '#src/mail/clean.ts'
import { kinds, type MailTenant } from '#src/mail/kinds.ts'
import type { QueuedMail } from '#src/mail/outbox.ts'
import { renderLetter } from '#src/mail/render.tsx'
import { mailSettings } from '#src/mail/settings.ts'
import { translator } from '#src/messages/index.ts'
import type { Tenant } from '#src/tenants/tenant.ts'

/** A mail as it goes out, and as the mailbox of a demo keeps it. */
export const messageSchema = z.object({
  id: z.uuid(),
  kind: z.string(),
  from: z.object({ name: z.string(), address: z.string() }),
  to: z.string(),
  replyTo: z.string(),
  subject: z.string(),
  date: z.coerce.date(),
  messageId: z.string(),
  references: z.string().optional(),
  text: z.string(),
  html: z.string(),
})
export type Message = z.infer<typeof messageSchema>

/** Where this tenant's portal is reached: on its own host when it has one. From the database, never from a request. */
const originOf = async (db: Db): Promise<string> => {
  const { PUBLIC_URL } = mailSettings()
  const own = await db
    .selectFrom('tenant_host')
    .select('host')
    .where('verified_at', 'is not', null)
    .orderBy('created_at')
    .orderBy('host')
    .executeTakeFirst()
  return own ? `${PUBLIC_URL.protocol}//${own.host}` : PUBLIC_URL.origin
}

const preferencesOf = async (db: Db, contactId: string | null, tenant: Tenant) => {
  const contact = contactId
    ? await db
        .selectFrom('contact')
        .select(['locale', 'time_zone'])
        .where('id', '=', contactId)
        .executeTakeFirst()
    : undefined
  return { locale: contact?.locale ?? tenant.locale, timeZone: contact?.time_zone ?? tenant.timeZone }
}

const footerOf = (
  t: ReturnType<typeof translator>,
  tenant: MailTenant,
  to: string,
  why: string | undefined,
) => [
  why ?? t('mail.footer.why', { tenant: tenant.name, address: to }),
  tenant.supportPhone
    ? t('mail.footer.reachPhone', { email: tenant.supportEmail, phone: tenant.supportPhone })
    : t('mail.footer.reach', { email: tenant.supportEmail }),
]

/** Renders a mail as of now. Undefined when its kind sees no reason to send it any more. */
export const composeMessage = async (
  db: Db,
  mail: QueuedMail,
  owner: Tenant,
  from: string,
): Promise<Message | undefined> => {
  const render = kinds[mail.kind]
  if (!render) throw new Error(`no mail is of the kind ${mail.kind}`)
  const tenant = { ...owner, origin: await originOf(db) }
  const { locale, timeZone } = await preferencesOf(db, mail.contact_id, owner)
  const t = translator(locale)
  const { id, kind, recipient, data, created_at: createdAt, expires_at: expiresAt } = mail
  const row = { id, recipient, contactId: mail.contact_id, data, createdAt, expiresAt, locale, timeZone, t }
  const rendered = await render(db, row, tenant)
  if (!rendered) return undefined
  const subject = headerText(rendered.subject, 78)
  const sender = { ...tenant, name: headerText(tenant.name, 100) }
  const footer = footerOf(t, tenant, recipient, rendered.why)
  const host = mail.message_id.slice(mail.message_id.lastIndexOf('@'))
  return {
    id,
    kind,
    from: { name: sender.name, address: from },
    to: recipient,
    replyTo: tenant.supportEmail,
    subject,
    date: createdAt,
    messageId: mail.message_id,
    ...(mail.thread && { references: `<thread.${mail.thread}${host}` }),
    ...(await renderLetter({ ...rendered, locale, subject, footer, sender })),
  }
}
