import { z } from 'zod'
import type { RenderMail } from '#src/mail/kinds.ts'
import { mailSettings } from '#src/mail/settings.ts'
import { paths } from '#src/paths.ts'
import { invitationToken } from '#src/people/invitation-token.ts'

const dataSchema = z.object({ invitation: z.uuid() })

/** Asks somebody in. Not sent when the invitation was taken back, or she was shut out, since it was asked for. */
export const invitationMail: RenderMail = async (db, mail, tenant) => {
  const { invitation } = dataSchema.parse(mail.data)
  const person = await db
    .selectFrom('contact')
    .innerJoin('company', 'company.id', 'contact.company_id')
    .select(['contact.name', 'company.name as company'])
    .where('invitation_id', '=', invitation)
    .where('role_id', 'is not', null)
    .where('disabled_at', 'is', null)
    .where('contact.archived_at', 'is', null)
    .where('company.archived_at', 'is', null)
    .executeTakeFirst()
  if (!person) return undefined
  const { t } = mail
  const shared = tenant.origin === mailSettings().PUBLIC_URL.origin
  const page = paths.welcome(shared ? { tenant: tenant.slug } : {})
  const href = `${tenant.origin}${page}#t=${invitationToken(tenant.id, invitation)}`
  const values = { tenant: tenant.name, company: person.company, name: person.name }
  return {
    subject: t('people.mail.subject', values),
    preheader: t('people.mail.preheader', values),
    why: t('people.mail.why', { ...values, address: mail.recipient }),
    blocks: [
      { type: 'heading', text: t('people.mail.heading', values) },
      { type: 'text', text: t('people.mail.text', values) },
      ...(tenant.welcome ? [{ type: 'text' as const, text: tenant.welcome }] : []),
      { type: 'button', label: t('people.mail.open'), href },
      { type: 'text', text: t('people.mail.how', { address: mail.recipient }) },
      { type: 'small', text: t('people.mail.notYou', values) },
    ],
  }
}
