import type { Db } from '#src/db/scope.ts'
import type { Mailer } from '#src/mail/mailer.ts'
import { mailSettings } from '#src/mail/settings.ts'
import { openSecret } from '#src/settings/secrets.ts'
import { settingsOf } from '#src/tenants/settings.ts'
import type { Tenant } from '#src/tenants/tenant.ts'

/** Which way a tenant's mail takes. `own`: the tenant entered the server, so it is not trusted like the operator's. */
export type Route =
  | { by: 'smtp'; url: string; own: boolean; from: string; requireTls?: boolean }
  | { by: 'graph'; directory: string; client: string; secret: string; from: string }
  | { by: 'mailbox'; from: string }

const ownRoute = async (db: Db, mailer: Mailer): Promise<Route> => {
  if (mailer.by === 'graph') return { ...mailer, secret: (await openSecret(db, 'graph-secret')) ?? '' }
  const { host, port, security, user, from } = mailer
  const url = new URL(`${security === 'tls' ? 'smtps' : 'smtp'}://host`)
  url.hostname = host.includes(':') ? `[${host}]` : host
  url.port = String(port)
  if (user) {
    url.username = encodeURIComponent(user)
    url.password = encodeURIComponent((await openSecret(db, 'smtp-password')) ?? '')
  }
  return { by: 'smtp', url: url.href, own: true, from, requireTls: security === 'starttls' }
}

/** The tenant's own mail server, else the installation's, else (never in production) the local mailbox. Throws CannotUnseal. */
export const routeOf = async (db: Db, tenant: Tenant): Promise<Route | undefined> => {
  const { SMTP_URL, MAIL_FROM, MODE } = mailSettings()
  const row = await db.selectFrom('tenant').select('settings').executeTakeFirst()
  const { mailer } = settingsOf(row?.settings)
  if (mailer) return ownRoute(db, mailer)
  const from = MAIL_FROM ?? tenant.supportEmail
  if (SMTP_URL) return { by: 'smtp', url: SMTP_URL, own: false, from }
  return MODE === 'production' ? undefined : { by: 'mailbox', from }
}
