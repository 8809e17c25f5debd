import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import type { MailRow, MailTenant, RenderMail } from '#src/mail/kinds.ts'
import { paths } from '#src/paths.ts'

const LONGEST = 4_000

const facts = async (db: Db, ticketId: string, contactId: string | null) => {
  const ticket = await db
    .selectFrom('ticket')
    .select(['id', 'number', 'subject', 'visible_to'])
    .where('id', '=', ticketId)
    .executeTakeFirst()
  // taken off the ticket since the mail was queued
  return ticket && contactId && ticket.visible_to.includes(contactId) ? ticket : undefined
}

type Facts = NonNullable<Awaited<ReturnType<typeof facts>>>

const about = (ticket: Facts, { t }: MailRow, tenant: MailTenant) => ({
  subject: t('tickets.mail.replySubject', { number: `#${ticket.number}`, subject: ticket.subject }),
  why: t('tickets.mail.why', { number: `#${ticket.number}` }),
  end: [
    { type: 'button' as const, label: t('tickets.mail.open'), href: tenant.origin + paths.ticket(ticket.id) },
    { type: 'small' as const, text: t('tickets.mail.where') },
  ],
})

const message = z.object({ message: z.uuid() })

/** Somebody wrote on a ticket. */
export const ticketMessageMail: RenderMail = async (db, mail, tenant) => {
  const { message: id } = message.parse(mail.data)
  const said = await db
    .selectFrom('ticket_message')
    .select(['ticket_id', 'author_name', 'body'])
    .select((eb) =>
      eb
        .selectFrom('attachment')
        .select((count) => count.fn.countAll<number>().as('n'))
        .where('message_id', '=', id)
        .as('files'),
    )
    .where('id', '=', id)
    .where('internal', '=', false)
    .executeTakeFirst()
  const ticket = said && (await facts(db, said.ticket_id, mail.contactId))
  if (!said || !ticket) return undefined
  const { t } = mail
  const { subject, why, end } = about(ticket, mail, tenant)
  const heading = t('tickets.mail.replyHeading', { name: said.author_name })
  const text = said.body.length > LONGEST ? `${said.body.slice(0, LONGEST)}…` : said.body
  const files = Number(said.files ?? 0)
  return {
    subject,
    preheader: heading,
    why,
    blocks: [
      { type: 'heading', text: heading },
      { type: 'quote', by: ticket.subject, text },
      ...(files > 0 ? [{ type: 'text' as const, text: t('tickets.mail.files', { count: files }) }] : []),
      ...end,
    ],
  }
}

const added = z.object({ ticket: z.uuid(), by: z.uuid() })

/** A colleague brought her in. */
export const ticketAddedMail: RenderMail = async (db, mail, tenant) => {
  const data = added.parse(mail.data)
  const ticket = await facts(db, data.ticket, mail.contactId)
  const by = await db.selectFrom('contact').select('name').where('id', '=', data.by).executeTakeFirst()
  if (!ticket || !by) return undefined
  const { subject, why, end } = about(ticket, mail, tenant)
  const heading = mail.t('tickets.mail.addedHeading', { name: by.name })
  return {
    subject,
    preheader: heading,
    why,
    blocks: [{ type: 'heading', text: heading }, { type: 'text', text: ticket.subject }, ...end],
  }
}
