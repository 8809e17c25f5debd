import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import { mailSettings } from '#src/mail/settings.ts'
import type { Tenant } from '#src/tenants/tenant.ts'

const ownMailer = z.object({ url: z.string().regex(/^smtps?:\/\//), from: z.email().optional() })

/** Which way a tenant's mail takes. `own`: the tenant entered the server, so it is not trusted like the operator's. */
export type Route = { by: 'smtp'; url: string; own: boolean; from: string } | { by: 'mailbox'; from: string }

/** The tenant's own mail server, else the installation's, else (never in production) the local mailbox. */
export const routeOf = async (db: Db, tenant: Tenant): Promise<Route | undefined> => {
  const { SMTP_URL, MAIL_FROM, MODE } = mailSettings()
  const row = await db.selectFrom('tenant').select('settings').executeTakeFirst()
  const own = z.object({ mailer: ownMailer }).safeParse(row?.settings)
  if (own.success) {
    const { url, from = tenant.supportEmail } = own.data.mailer
    return { by: 'smtp', url, own: true, from }
  }
  const from = MAIL_FROM ?? tenant.supportEmail
  if (SMTP_URL) return { by: 'smtp', url: SMTP_URL, own: false, from }
  return MODE === 'production' ? undefined : { by: 'mailbox', from }
}
