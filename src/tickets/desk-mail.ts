import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import type { MailRow, RenderMail } from '#src/mail/kinds.ts'
import { mailSettings } from '#src/mail/settings.ts'
import { paths } from '#src/paths.ts'

const LONGEST = 4_000

/** Those of the desk who want to hear of a ticket with this assignee: all who asked for all, and its own or everybody's if nobody's. */
export const listening = (db: Db, assignee: string | null) =>
  db
    .selectFrom('staff_member')
    .select(['id', 'email', 'mails'])
    .where('disabled_at', 'is', null)
    // imported people have no way in
    .where((eb) =>
      eb.or([
        eb('invited_at', 'is not', null),
        eb('password_set_at', 'is not', null),
        eb('last_sign_in_at', 'is not', null),
      ]),
    )
    .where('email', 'is not', null)
    .where((eb) =>
      assignee
        ? eb.or([eb('mails', '=', 'all'), eb.and([eb('mails', '=', 'own'), eb('id', '=', assignee)])])
        : eb('mails', '!=', 'none'),
    )
    .execute()

const data = z.object({ message: z.uuid(), staff: z.uuid() })

const find = (db: Db, id: string) =>
  db
    .selectFrom('ticket_message as said')
    .innerJoin('ticket', 'ticket.id', 'said.ticket_id')
    .innerJoin('company', 'company.id', 'ticket.company_id')
    .select(['said.author_name', 'said.author_staff_id', 'said.body', 'said.ticket_id'])
    .select(['ticket.number', 'ticket.subject', 'ticket.replies', 'ticket.assignee_id'])
    .select(['company.name as company'])
    .select((eb) =>
      eb
        .selectFrom('ticket_message as first')
        .select('first.id')
        .whereRef('first.ticket_id', '=', 'said.ticket_id')
        .where('first.internal', '=', false)
        .orderBy('first.created_at')
        .orderBy('first.id')
        .limit(1)
        .as('first'),
    )
    .where('said.id', '=', id)
    .where('said.internal', '=', false)
    .executeTakeFirst()

type Found = NonNullable<Awaited<ReturnType<typeof find>>>

const headingOf = ({ t }: MailRow, said: Found, message: string) => {
  const given = { name: said.author_name, company: said.company }
  if (said.first !== message) return t('desk.mail.replyHeading', given)
  return t(said.author_staff_id ? 'desk.mail.openedHeading' : 'desk.mail.newHeading', given)
}

/** A client wrote, or a ticket was opened for one: to somebody of the desk. */
export const deskMessageMail: RenderMail = async (db, mail) => {
  const { message, staff } = data.parse(mail.data)
  const said = await find(db, message)
  // since it was queued, somebody else may have taken the ticket, or she may have left or chosen other mails
  const reader = said && (await listening(db, said.assignee_id)).find(({ id }) => id === staff)
  if (!said || !reader) return undefined
  const { t } = mail
  const heading = headingOf(mail, said, message)
  const number = `#${said.number}`
  const text = said.body.length > LONGEST ? `${said.body.slice(0, LONGEST)}…` : said.body
  const href = mailSettings().PUBLIC_URL.origin + paths.staff.ticket(said.ticket_id)
  return {
    subject: t('desk.mail.subject', { number, subject: said.subject }),
    preheader: heading,
    why: reader.mails === 'all' ? t('desk.mail.whyAll') : t('desk.mail.whyOwn', { number }),
    blocks: [
      { type: 'heading', text: heading },
      { type: 'quote', by: said.subject, text },
      { type: 'button', label: t('desk.mail.open'), href },
      { type: 'small', text: t('desk.mail.where') },
    ],
  }
}
