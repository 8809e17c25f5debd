import { Logger, runOnce } from 'graphile-worker'
import type { Hono } from 'hono'
import pg from 'pg'
import { pino } from 'pino'
import { currentUrls } from '#src/db/connect.ts'
import { jobs } from '#src/jobs/registry.ts'
import { task } from '#src/jobs/task.ts'
import { listMailbox } from '#src/mail/mailbox.ts'
import type { Message } from '#src/mail/message.ts'
import { paths } from '#src/paths.ts'
import { ORIGIN } from '#test/world.ts'

export type Page = { status: number; headers: Headers; text: string; location: string }
type Fields = Record<string, string>

let addresses = 0
const nextAddress = () => {
  addresses += 1
  return `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`
}

const CSRF = /name="csrf" value="([^"]+)"/

/**
 * A browser with a cookie jar and a network address of its own (the world must trust the proxy 127.0.0.1). `post` sends the
 * form of the page at `from`, which it opens first.
 */
export const aBrowser = (app: Hono, more: { ip?: string; headers?: Fields } = {}) => {
  const jar = new Map<string, string>()
  const fixed = { host: 'localhost:3000', 'x-forwarded-for': more.ip ?? nextAddress(), ...more.headers }
  let csrf = ''
  const send = async (
    path: string,
    init: { method?: string; body?: FormData; headers?: Fields } = {},
  ): Promise<Page> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...fixed, ...(cookie && { cookie }), ...init.headers }
    const answer = await app.request(ORIGIN + path, { ...init, headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
    const text = await answer.text()
    csrf = CSRF.exec(text)?.[1] ?? csrf
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      location: answer.headers.get('location') ?? '',
    }
  }
  const form = (fields: Fields) => {
    const body = new FormData()
    for (const [name, value] of Object.entries({ csrf, ...fields })) body.set(name, value)
    return body
  }
  return {
    jar,
    get: (path: string, headers: Fields = {}) => send(path, { headers }),
    post: (path: string, fields: Fields, headers: Fields = {}) =>
      send(path, {
        method: 'POST',
        body: form(fields),
        headers: { origin: ORIGIN, 'sec-fetch-site': 'same-origin', ...headers },
      }),
  }
}

export type Browser = ReturnType<typeof aBrowser>

/** Opens the sign-in page and sends an address. Answers the request's id. */
export const askFor = async (browser: Browser, email: string, next = ''): Promise<string> => {
  await browser.get(paths.login())
  const { location } = await browser.post(paths.login(), { email, next })
  return new URL(location, ORIGIN).searchParams.get('request') ?? ''
}

/** Does every waiting job, as a worker would, until none is left. */
export const doJobs = async () => {
  const pgPool = new pg.Pool({ connectionString: currentUrls().worker, max: 2 })
  pgPool.on('error', () => {})
  const logger = pino({ level: 'silent' })
  const taskList = Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [name, task(name, job, logger)]),
  )
  try {
    await runOnce({ pgPool, taskList, noHandleSignals: true, logger: new Logger(() => () => {}) })
  } finally {
    await pgPool.end()
  }
}

export type SignInMail = Message & { ways: { token: string; code: string; url: string }[] }

const waysIn = ({ text }: Message) => {
  const urls = text.match(/https?:\/\/\S+#t=\S+/g) ?? []
  const codes = text.match(/^ {4}\d{8}$/gm) ?? []
  return urls.map((url, at) => ({ url, token: url.split('#t=')[1] ?? '', code: codes[at]?.trim() ?? '' }))
}

/** The sign-in mails to an address, newest first, after doing the jobs that make them. */
export const mailsTo = async (address: string): Promise<SignInMail[]> => {
  await doJobs()
  const mails = await listMailbox(address)
  return mails.filter(({ kind }) => kind === 'sign-in').map((mail) => ({ ...mail, ways: waysIn(mail) }))
}

/** Asks, and answers the link and the code that come by mail, of the first company. */
export const askAndRead = async (browser: Browser, email: string, next = '') => {
  const request = await askFor(browser, email, next)
  const [mail] = await mailsTo(email)
  const [way] = mail?.ways ?? []
  if (!mail || !way) throw new Error(`no mail came to ${email}`)
  return { request, mail, ...way }
}

/** Presses Continue on the page of a link. */
export const follow = async (browser: Browser, token: string) => {
  await browser.get(paths.loginVerify())
  return browser.post(paths.loginVerify(), { t: token })
}

/** Types a code into the page of a request. */
export const type = async (browser: Browser, request: string, code: string) => {
  await browser.get(paths.loginCode({ request }))
  return browser.post(paths.loginCode({ request }), { code })
}
