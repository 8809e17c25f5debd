import type { Victim } from './proof/app.ts'
import { type ProvingGround, provingGround } from './proof/ground.ts'
import { say } from './report.ts'

/** One blow, at a moment that the seed chooses, and on its feet again. */
const blow = async ({ app, chance, after }: ProvingGround, victim: Victim) => {
  await after(20 + chance.below(120), () => app.kill(victim))
  if (victim !== 'database') {
    await app.gone()
    await app.start()
  }
  await app.ready()
}

export type CrashFigures = {
  seed: number
  killed: Record<Victim, number>
  acknowledged: { tickets: number; replies: number; files: number; signIns: number }
  /** Requests that had to be sent again, by what became of them. */
  sentAgain: { unheard: number; broken: number; refused: number }
  mails: { sent: number; copies: number }
  /** What was missing, double or half done, a line each. */
  faults: string[]
}

const figuresOf = (
  { ledger, traffic, mails }: ProvingGround,
  seed: number,
  killed: CrashFigures['killed'],
  faults: string[],
): CrashFigures => {
  const { written, sessions } = ledger
  const different = new Set(mails.mails.map((mail) => mail.messageId)).size
  return {
    seed,
    killed,
    acknowledged: {
      tickets: written.filter(({ kind }) => kind === 'ticket').length,
      replies: written.filter(({ kind }) => kind === 'reply').length,
      files: written.filter(({ withFile }) => withFile).length,
      signIns: sessions.length,
    },
    sentAgain: { unheard: traffic.unheard, broken: traffic.broken, refused: traffic.refused },
    mails: { sent: different, copies: mails.mails.length - different },
    faults,
  }
}

/**
 * Lets contacts sign in, write and attach while app and PostgreSQL are killed (`kill -9`), and asks afterwards whether
 * what was acknowledged is there, once, and whole.
 */
export const crash = async (options: {
  rounds: number
  seed: number
  peopleEach?: number
}): Promise<CrashFigures> => {
  const { rounds, seed, peopleEach = 3 } = options
  const ground = await provingGround(seed, peopleEach)
  try {
    await ground.app.start()
    let over = false
    const working = Promise.all(ground.customers.map((one) => one.live(() => over)))
    const killed = { app: 0, database: 0, both: 0 }
    const victims = ground.chance.shuffle<Victim>(['app', 'database', 'both'])
    const blows = async () => {
      for (let n = 1; n <= rounds; n++) {
        const victim = victims[n % victims.length] ?? 'both'
        await blow(ground, victim)
        killed[victim] += 1
        say(`${n}/${rounds}: killed ${victim}, ${ground.ledger.written.length} writes acknowledged so far`)
      }
      over = true
    }
    await Promise.all([blows(), working])
    const faults = await ground.audit()
    return figuresOf(ground, seed, killed, faults)
  } finally {
    await ground.close()
  }
}
