import { type Mailer, mailerSchema } from '#src/mail/mailer.ts'
import { emailProblem, type Problems, type Typed, textProblem, unless } from '#src/settings/check.ts'

export const MAIL_FIELDS = [
  'by',
  'smtpHost',
  'smtpPort',
  'smtpSecurity',
  'smtpUser',
  'smtpPassword',
  'smtpFrom',
  'graphDirectory',
  'graphClient',
  'graphSecret',
  'graphFrom',
] as const
type MailField = (typeof MAIL_FIELDS)[number]
export type MailTyped = Typed<MailField>

const blank: MailTyped = {
  by: 'smtp',
  smtpHost: '',
  smtpPort: '587',
  smtpSecurity: 'starttls',
  smtpUser: '',
  smtpPassword: '',
  smtpFrom: '',
  graphDirectory: '',
  graphClient: '',
  graphSecret: '',
  graphFrom: '',
}

/** The form as it shows what is set; secrets are never in it. */
export const mailTyped = (mailer: Mailer | undefined): MailTyped => {
  if (!mailer) return blank
  if (mailer.by === 'graph')
    return {
      ...blank,
      by: 'graph',
      graphDirectory: mailer.directory,
      graphClient: mailer.client,
      graphFrom: mailer.from,
    }
  return {
    ...blank,
    smtpHost: mailer.host,
    smtpPort: String(mailer.port),
    smtpSecurity: mailer.security,
    smtpUser: mailer.user ?? '',
    smtpFrom: mailer.from,
  }
}

/** A server's password goes nowhere but to the server that it was entered for. */
const samePlace = (typed: MailTyped, mailer: Mailer | undefined) =>
  typed.by === 'graph'
    ? mailer?.by === 'graph' &&
      mailer.directory === typed.graphDirectory &&
      mailer.client === typed.graphClient
    : mailer?.by === 'smtp' &&
      mailer.host === typed.smtpHost &&
      mailer.port === Number(typed.smtpPort) &&
      mailer.security === typed.smtpSecurity &&
      mailer.user === typed.smtpUser

export const mailProblems = (typed: MailTyped, mailer: Mailer | undefined, hasSecret: boolean): Problems => {
  const kept = hasSecret && samePlace(typed, mailer)
  if (typed.by === 'graph')
    return {
      graphDirectory:
        textProblem(typed.graphDirectory, 200) ??
        unless(/^[\w.-]+$/.test(typed.graphDirectory), 'settings.problem.directory'),
      graphClient:
        textProblem(typed.graphClient, 100) ??
        unless(
          /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(typed.graphClient),
          'settings.problem.client',
        ),
      graphSecret: typed.graphSecret === '' && kept ? undefined : textProblem(typed.graphSecret, 500),
      graphFrom: emailProblem(typed.graphFrom),
    }
  const port = Number(typed.smtpPort)
  return {
    smtpHost:
      textProblem(typed.smtpHost, 253) ??
      unless(/^([\w-]+(\.[\w-]+)*|[0-9a-f:]*:[0-9a-f:.]*)$/i.test(typed.smtpHost), 'settings.problem.host'),
    smtpPort: unless(
      /^\d{1,5}$/.test(typed.smtpPort) && port > 0 && port < 65536,
      'settings.problem.number',
      {
        min: 1,
        max: 65535,
      },
    ),
    smtpSecurity: unless(['tls', 'starttls', 'none'].includes(typed.smtpSecurity), 'form.required'),
    smtpUser: textProblem(typed.smtpUser, 254, false),
    smtpPassword:
      typed.smtpUser === '' || (typed.smtpPassword === '' && kept)
        ? undefined
        : textProblem(typed.smtpPassword, 500),
    smtpFrom: emailProblem(typed.smtpFrom),
  }
}

/** The form as what is kept. Only for what `mailProblems` found nothing in. */
export const asMailer = (typed: MailTyped): Mailer =>
  mailerSchema.parse(
    typed.by === 'graph'
      ? { by: 'graph', directory: typed.graphDirectory, client: typed.graphClient, from: typed.graphFrom }
      : {
          by: 'smtp',
          host: typed.smtpHost,
          port: Number(typed.smtpPort),
          security: typed.smtpSecurity,
          from: typed.smtpFrom,
          ...(typed.smtpUser && { user: typed.smtpUser }),
        },
  )
