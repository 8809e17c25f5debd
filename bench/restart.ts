import { once } from 'node:events'
import { request } from 'node:http'
import { uuidv7 } from 'uuidv7'
import { paths } from '#src/paths.ts'
import { formOf } from './proof/browser.ts'
import type { Customer } from './proof/customer.ts'
import { type ProvingGround, provingGround } from './proof/ground.ts'
import { say } from './report.ts'

const PATIENCE = 25_000
const HELD_EACH = 3

/**
 * Sends half of a reply and waits: when the server says `100 Continue`, the request is under way. Answers a function that
 * sends the rest and resolves with the status.
 */
const hold = async ({ app }: ProvingGround, { browser, tickets, newMarker, note }: Customer) => {
  const marker = newMarker()
  const form = new Response(formOf({ csrf: browser.csrf(), body: marker, once: uuidv7() }))
  const body = Buffer.from(await form.arrayBuffer())
  const sending = request(app.origin + paths.ticketReplies(tickets[0] ?? ''), {
    method: 'POST',
    agent: false,
    headers: {
      ...browser.headers(),
      'content-type': form.headers.get('content-type') ?? '',
      'content-length': body.length,
      expect: '100-continue',
    },
  })
  sending.flushHeaders()
  await once(sending, 'continue')
  sending.write(body.subarray(0, body.length / 2))
  return async (): Promise<number> => {
    sending.end(body.subarray(body.length / 2))
    const [answer] = await once(sending, 'response')
    answer.resume()
    note('reply', marker, false, {
      status: answer.statusCode,
      location: answer.headers.location ?? '',
      text: '',
    })
    return answer.statusCode
  }
}

type Restart = { processes: number; exitCode: number | undefined; seconds: number; underWay: number }

export type RestartFigures = {
  seed: number
  restarts: Restart[]
  acknowledged: number
  /** Requests of those who went on working, sent again because nobody listened or the line was just closing. */
  sentAgain: { unheard: number; broken: number; refused: number }
  faults: string[]
}

/** Stops the app at a moment that the seed chooses, with half-sent replies on their way, and finishes these. */
const stopOnce = async (ground: ProvingGround, holders: Customer[], processes: number) => {
  const { app, chance, after, ledger } = ground
  await after(10 + chance.below(60), () => {})
  const finishes = await Promise.all(
    holders.flatMap((one) => Array.from({ length: HELD_EACH }, () => hold(ground, one))),
  )
  const stopping = app.stop()
  const ends = await Promise.allSettled(finishes.map((finish) => finish()))
  const { code, ms } = await stopping
  for (const end of ends)
    if (end.status === 'rejected' || end.value !== 303)
      ledger.faults.push(
        `a request that was under way: ${end.status === 'rejected' ? end.reason : end.value}`,
      )
  if (code !== 0) ledger.faults.push(`stopped with exit code ${code}`)
  if (ms > PATIENCE) ledger.faults.push(`took ${ms} ms to stop`)
  return { processes, exitCode: code, seconds: Math.round(ms / 10) / 100, underWay: finishes.length }
}

/**
 * Stops (SIGTERM, as a terminal or systemd sends it) and starts the app while contacts work, with one process and with
 * two: whatever was under way is answered, the exit code is 0 within 25 seconds, nothing is lost or doubled.
 */
export const restart = async ({
  rounds,
  seed,
}: {
  rounds: number
  seed: number
}): Promise<RestartFigures> => {
  const ground = await provingGround(seed, 3)
  const { app, customers, ledger, traffic } = ground
  const holders = customers.filter((_, n) => n % 3 === 0)
  try {
    await app.start(1)
    for (const one of holders) {
      await one.signIn()
      await one.browser.get(paths.newTicket())
      await one.create()
    }
    let over = false
    const working = Promise.all(
      customers.filter((one) => !holders.includes(one)).map((one) => one.live(() => over)),
    )
    const restarts: Restart[] = []
    const stops = async () => {
      for (let n = 1; n <= rounds; n++) {
        const done = await stopOnce(ground, holders, 2 - (n % 2))
        restarts.push(done)
        say(
          `${n}/${rounds}: ${done.processes} process(es) stopped in ${done.seconds} s with ${done.underWay} requests under way`,
        )
        await app.start(1 + (n % 2))
      }
      over = true
    }
    await Promise.all([stops(), working])
    const faults = await ground.audit()
    const { unheard, broken, refused } = traffic
    return {
      seed,
      restarts,
      acknowledged: ledger.written.length,
      sentAgain: { unheard, broken, refused },
      faults,
    }
  } finally {
    await ground.close()
  }
}
