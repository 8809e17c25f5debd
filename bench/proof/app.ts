import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '#src/root.ts'

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return address && typeof address === 'object' ? address.port : 0
}

const processIds = () =>
  existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []

/** The processes that this one has started, by /proc; none where there is no /proc. */
const childrenOf = (parent: number): number[] =>
  processIds().flatMap((id) => {
    try {
      const [, ppid] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${id}/stat`, 'utf8')) ?? []
      return Number(ppid) === parent ? [Number(id)] : []
    } catch {
      return [] // gone meanwhile
    }
  })

const strike = (pid: number) => {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // gone already
  }
}

/** Where the embedded server of a data directory has its files. */
export const clusterOf = (dataDir: string): string => {
  if (existsSync(join(dataDir, 'postgres'))) return join(dataDir, 'postgres')
  const { id } = JSON.parse(readFileSync(join(dataDir, 'postgres.secrets.json'), 'utf8'))
  return join('/var/lib/client-portal', basename(String(id)), 'postgres')
}

/** The postmaster of that data directory, if it lives: after a crash its file may name somebody else's process. */
const postmaster = (dataDir: string): number | undefined => {
  const cluster = clusterOf(dataDir)
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === cluster ? pid : undefined
  } catch {
    return existsSync('/proc') ? undefined : pid
  }
}

export type Victim = 'app' | 'database' | 'both'

/** The built server on a port and data directory of its own, to be started, killed and stopped over and over. */
export const provenApp = async (dataDir: string, environment: Record<string, string>) => {
  const origin = `http://127.0.0.1:${await freePort()}`
  const log: FileHandle = await open(join(dirname(dataDir), 'app.log'), 'a')
  let child: ChildProcess | undefined

  const isReady = () =>
    fetch(`${origin}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    )
  const ready = async () => {
    for (const end = Date.now() + 120_000; !(await isReady()); await pause(20))
      if (Date.now() > end)
        throw new Error(`The app is not ready after two minutes; see ${join(dirname(dataDir), 'app.log')}`)
  }
  const start = async (processes = 1) => {
    const { port } = new URL(origin)
    const own = {
      DATA_DIR: dataDir,
      PORT: port,
      PUBLIC_URL: origin,
      PROCESSES: String(processes),
      WRITE_LIMIT: '100000000',
    }
    child = spawn(process.execPath, [join(root, 'dist', 'server.js')], {
      cwd: root,
      env: { PATH: process.env.PATH, NODE_ENV: 'production', MODE: 'production', ...environment, ...own },
      stdio: ['ignore', log.fd, log.fd],
      detached: true, // a group of its own, which a signal can reach as a whole
    })
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(
        `The app ended with code ${code} instead of starting; see ${join(dirname(dataDir), 'app.log')}`,
      )
    })
    ended.catch(() => {}) // later it ends because we say so
    await Promise.race([ready(), ended])
  }
  /** `kill -9`, of the app with its processes, of PostgreSQL's postmaster with its children, or of both. */
  const kill = (victim: Victim) => {
    const server = postmaster(dataDir)
    const app = child?.pid
    const ofApp =
      app && victim !== 'database' ? [app, ...childrenOf(app).filter((pid) => pid !== server)] : []
    const ofServer = server && victim !== 'app' ? [server, ...childrenOf(server)] : []
    for (const pid of [...ofApp, ...ofServer]) strike(pid)
  }
  return {
    origin,
    start,
    ready,
    kill,
    /** Resolves when the app's process is gone. */
    async gone() {
      if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
    /** As a terminal or systemd would: the signal goes to every process of the app, twice. Answers how it ended. */
    async stop() {
      if (!child?.pid || child.exitCode !== null || child.signalCode !== null)
        return { code: undefined, ms: 0 }
      const asked = Date.now()
      const ended = once(child, 'exit')
      process.kill(-child.pid, 'SIGTERM')
      child.kill('SIGTERM')
      const [code] = await ended
      return { code: Number(code ?? -1), ms: Date.now() - asked }
    },
    /** Whatever state it is in: no process of ours stays. */
    async close() {
      if (existsSync(join(dataDir, 'postgres.secrets.json'))) this.kill('both')
      await this.gone()
      await log.close()
    },
  }
}

export type ProvenApp = Awaited<ReturnType<typeof provenApp>>
