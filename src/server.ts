import cluster, { type Worker as Process } from 'node:cluster'
import { closePools } from '#src/db/connect.ts'
import { connectDatabase, type OpenDatabase, openDatabase } from '#src/db/open.ts'
import { loadDemo } from '#src/demo/load.ts'
import { type Env, readEnv } from '#src/env.ts'
import { diskStore, useStore } from '#src/files/store.ts'
import { startWorker } from '#src/jobs/worker.ts'
import { log, setLogLevel } from '#src/log.ts'
import { useMail } from '#src/mail/settings.ts'
import { closeMailers } from '#src/mail/smtp.ts'
import { answerMetrics, offerMetrics } from '#src/operate/all-metrics.ts'
import { fatal } from '#src/operate/fatal.ts'
import { serve } from '#src/operate/http.ts'
import { beginStopping } from '#src/operate/stopping.ts'
import { paths } from '#src/paths.ts'
import { ensureSetupLink } from '#src/tenants/setup.tsx'
import { siteOf } from '#src/web/site.ts'

type Stop = () => Promise<void>

const configure = (env: Env) => {
  setLogLevel(env.LOG_LEVEL)
  useStore(diskStore(siteOf(env).dataDir))
  useMail(env)
}

/**
 * On SIGTERM or SIGINT: says no on /readyz, ends what is under way, then the database. A second signal ends at once; but
 * terminals and systemd send one to every process, and npm and our first process pass it on: those are the same one.
 */
const onSignal = (stop: Stop) => {
  let asked: number | undefined
  const handle = (signal: NodeJS.Signals) => {
    if (asked !== undefined && performance.now() - asked < 1_000) return
    if (asked !== undefined) process.exit(1)
    asked = performance.now()
    beginStopping()
    log.info({ signal }, 'stopping')
    stop().then(
      () => process.exit(0),
      (error) => fatal(error),
    )
  }
  process.on('SIGTERM', handle)
  process.on('SIGINT', handle)
}

/** The processes that serve, when there are several; one that dies is replaced, unless it never came up. */
const fork = (env: Env, database: OpenDatabase): Stop => {
  let stopping = false
  const start = () => {
    const started = Date.now()
    const child = cluster.fork({
      CLIENT_PORTAL_DATABASE: JSON.stringify({ urls: database.urls, secret: database.secret }),
    })
    child.on('exit', () => {
      if (stopping) return
      log.error({ pid: child.process.pid, alert: true }, 'a serving process ended and is replaced')
      setTimeout(start, Date.now() - started < 5_000 ? 1_000 : 0)
    })
  }
  answerMetrics()
  for (let n = 0; n < env.PROCESSES; n++) start()
  return async () => {
    stopping = true
    const children = Object.values(cluster.workers ?? {}).filter(
      (child): child is Process => child !== undefined,
    )
    await Promise.all(
      children.map((child) => {
        const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
        child.process.kill('SIGTERM')
        return gone
      }),
    )
  }
}

const greet = async (env: Env, database: OpenDatabase) => {
  const site = siteOf(env)
  const setup = await ensureSetupLink(site.origin)
  log.info({ mode: env.MODE, processes: env.PROCESSES, database: database.line }, 'started')
  if (env.MODE === 'production' && !env.SMTP_URL)
    log.warn({ alert: true }, 'SMTP_URL is not set: no mail can be sent, so nobody can sign in')
  const lines = [database.line, setup ? `Set up your portal (once, within 7 days): ${setup}` : undefined]
  lines.push(`Client Portal: ${site.origin}${env.MODE === 'demo' ? paths.demo() : paths.home()}`)
  process.stdout.write(`\n${lines.filter(Boolean).join('\n')}\n`)
}

const main = async () => {
  const env = readEnv()
  configure(env)
  const database = await openDatabase(env)
  if (env.MODE === 'demo') await loadDemo()
  const worker = await startWorker({ concurrency: 4, logger: log })
  const stopServing = env.PROCESSES > 1 ? fork(env, database) : (await serve(env)).stop
  onSignal(async () => {
    await Promise.all([stopServing(), worker.stop()])
    await closeMailers()
    await database.close()
  })
  await greet(env, database)
}

/** One of several serving processes: the first one has opened the database and does the jobs. */
const child = async () => {
  const env = readEnv()
  configure(env)
  offerMetrics()
  connectDatabase(process.env.CLIENT_PORTAL_DATABASE ?? '', env)
  const server = await serve(env)
  onSignal(async () => {
    await server.stop()
    await closePools()
  })
}

await (cluster.isPrimary ? main() : child()).catch(fatal)
