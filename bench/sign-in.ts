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
import { areaUnderCurve, median, shuffled } from './telling-apart.ts'
import { browser, csrfOf } from './visitor.ts'

type Times = Map<Sort | 'inline', number[]>

type Turn = [sort: Sort | 'inline', at: number]

/**
 * Asks for every address of every sort, in an order without any pattern: what follows a request that makes a mail is slowed
 * by that work, and in turns a sort would never follow itself. Answers what each took, in milliseconds.
 */
const ask = async (origin: string, smtpUrl: string, owner: pg.Client, each: number, from: number) => {
  const { go, send } = browser(origin)
  const login = paths.login({ tenant: SLUG })
  const csrf = csrfOf((await go(login)).text)
  let asked = 0
  const post = async (email: string) => {
    if (asked++ % 25 === 0) await refresh(owner)
    const started = performance.now()
    const answer = await send(login, { csrf, email })
    if (answer.status !== 303) throw new Error(`asking for ${email} was answered ${answer.status}`)
    return performance.now() - started
  }
  // the teeth: what a server would take that sends before it answers
  const mailer = createTransport({ url: smtpUrl })
  const inline = async (email: string) => {
    const taken = await post(email)
    const started = performance.now()
    await mailer.sendMail({ from: 'a@b.example', to: 'c@d.example', text: 'x' }).catch(() => {})
    return taken + performance.now() - started
  }

  for (let at = from; at < from + each; at++) for (let n = 0; n < 3; n++) await post(addressOf('limited', at))
  const turns = Array.from({ length: each }, (_, n) => n + from).flatMap((at): Turn[] => [
    ...SORTS.map((sort): Turn => [sort, at]),
    ...(at % 25 === 0 ? [['inline', at] satisfies Turn] : []),
  ])
  const times: Times = new Map([...SORTS, 'inline' as const].map((sort) => [sort, []]))
  for (const [sort, at] of shuffled(turns)) {
    const taken = await (sort === 'inline'
      ? inline(`teeth.${at}@sign-in.example`)
      : post(addressOf(sort, at)))
    times.get(sort)?.push(taken)
  }
  mailer.close()
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

const line = (sort: string, times: number[], known: number[], judged: boolean) => {
  const [gap, auc] = [median(times) - median(known), areaUnderCurve(times, known)]
  const alike = Math.abs(gap) < 2 && auc >= 0.44 && auc <= 0.56
  const figures = [median(times), gap].map((figure) => figure.toFixed(2).padStart(8)).join(' ')
  const verdict = judged ? (alike ? 'alike' : 'told apart') : ''
  return `  ${sort.padEnd(18)}${figures}   ${auc.toFixed(3)}  ${verdict}`.trimEnd()
}

const print = (mailer: string, times: Times, each: number) => {
  console.log(
    `\nWith ${mailer}:\n  ${'address'.padEnd(18)}  median      gap     AUC   (ms, ${each} requests each)`,
  )
  const known = times.get('known') ?? []
  // a few dozen requests are told apart by chance
  for (const [sort, taken] of times) console.log(line(sort, taken, known, each >= 500 && sort !== 'known'))
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
  const measured = async (round: number, start: (typeof MAILERS)[number][1]) => {
    const mails = await start()
    const app = await startApp(database.env, 1, mails.url)
    try {
      return await ask(app.origin, mails.url, owner, each, round * each)
    } finally {
      await emptyQueue(owner)
      await app.stop()
      await mails.stop()
    }
  }
  try {
    for (const [round, [mailer, start]] of MAILERS.entries()) {
      say(`Asking ${each} times for each sort of address, with ${mailer}…`)
      print(mailer, await measured(round, start), each)
    }
  } finally {
    await forget()
    await owner.end()
    await database.close()
  }
}
