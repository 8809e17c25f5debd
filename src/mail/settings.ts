import type { Env } from '#src/env.ts'

/** What mail needs of the installation's settings. Times are in milliseconds. */
export type MailSettings = Pick<Env, 'MODE' | 'PUBLIC_URL' | 'SMTP_URL' | 'MAIL_FROM' | 'DATA_DIR'> & {
  GRAPH_URL?: string
  GRAPH_LOGIN_URL?: string
  timeouts?: { connection: number; greeting: number; idle: number; total: number }
}

const TIMEOUTS = { connection: 10_000, greeting: 10_000, idle: 30_000, total: 90_000 }

let settings: MailSettings | undefined

export const useMail = (given: MailSettings) => {
  settings = given
}

export const mailSettings = () => {
  if (!settings) throw new Error('useMail() has not been called')
  return {
    ...settings,
    timeouts: settings.timeouts ?? TIMEOUTS,
    GRAPH_URL: settings.GRAPH_URL ?? 'https://graph.microsoft.com',
    GRAPH_LOGIN_URL: settings.GRAPH_LOGIN_URL ?? 'https://login.microsoftonline.com',
  }
}
