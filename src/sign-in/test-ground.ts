import { Logger, runOnce } from 'graphile-worker'
import pg from 'pg'
import { currentUrls } from '#src/db/connect.ts'
import { jobs } from '#src/jobs/registry.ts'
import { task } from '#src/jobs/task.ts'
import { log } from '#src/log.ts'
import { listMailbox } from '#src/mail/mailbox.ts'
import type { Message } from '#src/mail/message.ts'
import { sha256 } from '#src/secret.ts'
import { askFor, type Browser } from '#src/sign-in/test-browser.ts'
import { asOwner } from '#test/database.ts'

/** Does every waiting job, as a worker would, until none is left. */
export const doJobs = async () => {
  const pgPool = new pg.Pool({ connectionString: currentUrls().worker, max: 2 })
  pgPool.on('error', () => {})
  pgPool.on('connect', (client) => client.on('error', () => {}))
  const taskList = Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, task(name, job, log)]))
  try {
    await runOnce({ pgPool, taskList, noHandleSignals: true, logger: new Logger(() => () => {}) })
  } finally {
    await pgPool.end()
  }
}

export type Way = { url: string; token: string; code: string }
export type SignInMail = Message & { ways: Way[] }

/** The links and codes of a mail's text part. */
export const waysIn = (text: string): Way[] => {
  const codes = text.match(/^ {4}\d{8}$/gm) ?? []
  const urls = text.match(/https?:\/\/\S+#t=\S+/g) ?? []
  return urls.map((url, at) => ({ url, token: url.split('#t=')[1] ?? '', code: codes[at]?.trim() ?? '' }))
}

/** The sign-in mails to an address, newest first, after doing the jobs that make them. */
export const mailsTo = async (address: string): Promise<SignInMail[]> => {
  await doJobs()
  const mails = await listMailbox(address)
  return mails.filter(({ kind }) => kind === 'sign-in').map((mail) => ({ ...mail, ways: waysIn(mail.text) }))
}

/** Asks, and answers what comes by mail: the link and the code of the first company. */
export const askAndRead = async (browser: Browser, email: string, next = '') => {
  const request = await askFor(browser, email, next)
  const [mail] = await mailsTo(email)
  const [way] = mail?.ways ?? []
  if (!mail || !way) throw new Error(`no mail came to ${email}`)
  return { request, mail, ...way }
}

const tables = () =>
  asOwner<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname = 'public' or tablename = '_private_jobs' order by 1`,
  )

/** Every row of every table, and of the queue, as text. */
export const everyRow = async (): Promise<string> => {
  const parts: string[] = []
  for (const { name } of await tables()) {
    const rows = await asOwner<{ row: string }>(`select t::text as row from ${name} t order by 1`)
    parts.push(name, ...rows.map(({ row }) => row))
  }
  return parts.join('\n')
}

/** Tells whether anything at all in the database has changed. */
export const databaseHash = async () => sha256(await everyRow()).toString('hex')
