import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#src/db/embedded.ts'
import { chanceOf } from '../sample/chance.ts'
import { clusterOf, provenApp } from './app.ts'
import type { Traffic } from './browser.ts'
import { findFaults, settled } from './checks.ts'
import { type Customer, customer } from './customer.ts'
import { emptyLedger } from './ledger.ts'
import { mailServer } from './mails.ts'
import { settle } from './people.ts'

/** Runs `blow` once, when so many beats have gone by; resolves with what it returns. */
const after = (traffic: Traffic, beats: number, blow: () => void) => {
  const done = Promise.withResolvers<void>()
  let left = beats
  const { beat } = traffic
  traffic.beat = () => {
    left -= 1
    if (left > 0) return
    traffic.beat = beat
    blow()
    done.resolve()
  }
  return done.promise
}

/** A data directory, people, a mail server, and the built app, which is not started yet; all gone after `close()`. */
export const provingGround = async (seed: number, peopleEach: number) => {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'client-portal-proof-'))
  await chmod(folder, 0o711) // PostgreSQL's own user passes through
  const dataDir = join(folder, 'data')
  const people = await settle(dataDir, peopleEach)
  const mails = await mailServer()
  const environment = {
    SMTP_URL: mails.url,
    MAIL_FROM: 'portal@proof.example',
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: 'warn',
  }
  const app = await provenApp(dataDir, environment)
  const traffic: Traffic = { beat: () => {}, answered: 0, unheard: 0, broken: 0, refused: 0 }
  const ledger = emptyLedger()
  const chance = chanceOf(seed)
  const customers: Customer[] = people.map((person, n) =>
    customer(person, n, { app, mails, traffic, ledger, chance: chanceOf(seed * 1_000 + n) }),
  )

  /** Waits for the last job, and asks where something is missing, double or half. */
  const audit = async () => {
    const server = await startEmbedded({ dataDir })
    const client = new pg.Client({ connectionString: server.adminUrl })
    try {
      await client.connect()
      await settled(client)
      return await findFaults(client, dataDir, ledger, mails.mails)
    } finally {
      await client.end()
      await server.stop()
    }
  }
  const close = async () => {
    await app.close()
    await mails.close()
    const cluster = clusterOf(dataDir)
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    if (!cluster.startsWith(folder))
      await rm(dirname(cluster), { recursive: true, force: true, maxRetries: 10 })
  }
  // the app has a process group of its own, so a Ctrl-C does not reach it
  const interrupted = () => void close().finally(() => process.exit(130))
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  return {
    app,
    customers,
    traffic,
    ledger,
    mails,
    chance,
    audit,
    after: (beats: number, blow: () => void) => after(traffic, beats, blow),
    async close() {
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
      await close()
    },
  }
}

export type ProvingGround = Awaited<ReturnType<typeof provingGround>>
