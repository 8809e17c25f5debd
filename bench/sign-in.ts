import { createTransport } from 'nodemailer'
import type pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { paths } from '#src/paths.ts'
import { startApp } from './app.ts'
import { openBenchDatabase } from './database.ts'
import { say } from './report.ts'
import { FULL, SMALL } from './sample/sizes.ts'
import {
  addressOf,
  castSignIn,
  emptyQueue,
  openOwner,
  refresh,
  SLUG,
  SORTS,
  type Sort,
} from './sign-in-cast.ts'
import { percentile } from './timing.ts'
import { browser, csrfOf } from './visitor.ts'

type Times = Record<Sort | 'inline', number[]>

const median = (times: number[]) => percentile({ times, seconds: 0 }, 0.5)

/** How often a request of `a` takes longer than one of `b`: 0.5 when time tells nothing (ties count half). */
const areaUnderCurve = (a: number[], b: number[]): number => {
  const sorted = b.toSorted((x, y) => x - y)
  const below = (value: number, equal: boolean) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const at = sorted[middle] ?? 0
      if (at < value || (equal && at === value)) low = middle + 1
      else high = middle
    }
    return low
  }
  return (
    a.reduce((sum, value) => sum + (below(value, false) + below(value, true)) / 2, 0) / (a.length * b.length)
  )
}

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((one) => ({ one, by: Math.random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ one }) => one)

/** Asks in turns, in a new order each time, for one address of each sort: what each answer took, in milliseconds. */
const ask = async (
  origin: string,
  smtpUrl: string,
  owner: pg.Client,
  each: number,
  from: number,
): Promise<Times> => {
  const { go, send } = browser(origin)
  const login = paths.login({ tenant: SLUG })
  const csrf = csrfOf((await go(login)).text)
  const post = async (email: string) => {
    const answer = await send(login, { csrf, email })
    if (answer.status !== 303) throw new Error(`asking for ${email} was answered ${answer.status}`)
  }
  const inline = createTransport({ url: smtpUrl })
  const times: Times = {
    known: [],
    unknown: [],
    disabled: [],
    uninvited: [],
    otherTenant: [],
    severalCompanies: [],
    limited: [],
    inline: [],
  }
  const timed = async (sort: Sort | 'inline', work: () => Promise<unknown>) => {
    const started = performance.now()
    await work()
    times[sort].push(performance.now() - started)
  }
  for (let at = from; at < from + each; at++) {
    if (at % 2 === 0) await refresh(owner)
    for (let n = 0; n < 3; n++) await post(addressOf('limited', at))
    for (const sort of shuffled(SORTS)) await timed(sort, () => post(addressOf(sort, at)))
    // the teeth: what a server would take that sends before it answers
    if (at % 25 === 0)
      await timed('inline', async () => {
        await post(`teeth.${at}@sign-in.example`)
        await inline.sendMail({ from: 'a@b.example', to: 'c@d.example', text: 'x' }).catch(() => {})
      })
  }
  inline.close()
  return times
}

/** A mail server that takes each mail after so many milliseconds. */
const sink = async (delay: number) => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      stream.resume()
      stream.on('end', () => setTimeout(done, delay))
    },
  })
  server.on('error', () => {})
  const { port } = await new Promise<{ port: number }>((resolve) => {
    const listener = server.listen(0, '127.0.0.1', () => resolve(listener.address() as { port: number }))
  })
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

const MAILERS = [
  ['a mail server that answers at once', () => sink(0)],
  ['a mail server that takes 3 s', () => sink(3_000)],
  ['no mail server', async () => ({ url: 'smtp://127.0.0.1:1', stop: async () => {} })],
] as const

const line = (sort: string, times: number[], known: number[]) => {
  const [gap, auc] = [median(times) - median(known), areaUnderCurve(times, known)]
  const alike = Math.abs(gap) < 2 && auc >= 0.44 && auc <= 0.56
  const figures = [median(times), gap].map((figure) => figure.toFixed(2).padStart(8)).join(' ')
  return `  ${sort.padEnd(18)}${figures}   ${auc.toFixed(3)}  ${alike ? 'alike' : 'TOLD APART'}`
}

/**
 * Prints whether time tells which addresses have access (ML-09): medians, their gap to a known address's, and the area
 * under the curve, with a quick, a slow and a missing mail server. `inline` is what it would be if the answer waited for
 * the mail: it must be told apart, or the measuring is worth nothing.
 */
export const measureSignIn = async (quick = false) => {
  const each = quick ? 40 : 500
  const database = await openBenchDatabase(quick ? SMALL : FULL)
  const owner = await openOwner(database.urls.owner)
  const { forget } = await castSignIn(owner, each * MAILERS.length)
  try {
    for (const [round, [name, start]] of MAILERS.entries()) {
      const mails = await start()
      const app = await startApp(database.env, 1, mails.url)
      say(`Asking ${each} times for each sort of address, with ${name}…`)
      const times = await ask(app.origin, mails.url, owner, each, round * each)
      await emptyQueue(owner)
      await app.stop()
      await mails.stop()
      console.log(
        `\nWith ${name}:\n  ${'address'.padEnd(18)}  median      gap     AUC   (ms, ${each} requests each)`,
      )
      for (const [sort, taken] of Object.entries(times)) console.log(line(sort, taken, times.known))
    }
  } finally {
    await forget()
    await owner.end()
    await database.close()
  }
}
