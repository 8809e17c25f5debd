import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { open, readFile, readlink, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { errorCode, runAs } from './command.ts'
import type { Place } from './place.ts'

/** A postmaster that we started, for the first time at `firstAt`; its words in the log begin at byte `logStart`. */
export type Launch = { at: number; firstAt: number; logStart: number; exited: boolean }

/**
 * Starts a postmaster that outlives us. PostgreSQL itself allows one on a folder only: a second one exits at once.
 * Not by pg_ctl, which builds a shell command from our paths and orphans the server (unreaped where we are process 1).
 */
export const launch = async (place: Place, firstAt = Date.now()): Promise<Launch> => {
  await rotateLog(place.log)
  await using log = await open(place.log, 'a', 0o600)
  const options = runAs(place.account)
  const child = spawn(join(place.native, 'bin', 'postgres'), ['-D', place.cluster], {
    ...options,
    env: { ...options.env, ...(await staleOwner(place.cluster)) },
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  })
  const launched = { at: Date.now(), firstAt, logStart: (await log.stat()).size, exited: false }
  child.once('exit', () => Object.assign(launched, { exited: true }))
  child.once('error', () => Object.assign(launched, { exited: true }))
  child.unref()
  return launched
}

/**
 * Stops the server that runs on the folder, whoever started it; its clients are disconnected, nothing is lost. To be
 * called under a lock of that server. (pg_ctl would wait for a new server too that another process starts meanwhile.)
 */
export const halt = async ({ cluster, log }: Place) => {
  const pid = await runningPid(cluster)
  if (!pid) return
  process.kill(pid, 'SIGINT')
  const asked = Date.now()
  while ((await runningPid(cluster)) === pid) {
    if (Date.now() - asked > 120_000) throw new Error(`PostgreSQL in ${cluster} does not stop: see ${log}`)
    await setTimeout(20)
  }
}

/** The process named by the folder's lock file, alive or not; undefined when the last server ended in order. */
export const runningPid = async (cluster: string) => {
  const lockFile = join(cluster, 'postmaster.pid')
  try {
    return Number.parseInt(await readFile(lockFile, 'utf8'), 10) || undefined
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** What the launched server had to say before it gave up. */
export const lastWords = async ({ log }: Place, { logStart }: Launch) =>
  (await readFile(log)).subarray(logStart).toString().trim().split('\n').slice(-6).join('\n')

/**
 * After a crash postmaster.pid may name a process that is no server of this folder any more (a container's pids start
 * again at 1; nobody reaped it). PostgreSQL would give way to it, but for a process named like this.
 */
const staleOwner = async (cluster: string) => {
  const pid = await runningPid(cluster)
  if (process.platform !== 'linux' || !pid) return {}
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(errorCode)
  const uncertain = workingFolder === 'EACCES' || workingFolder === cluster
  return uncertain ? {} : { PG_GRANDPARENT_PID: String(pid) }
}

const rotateLog = async (log: string) => {
  if (existsSync(log) && (await stat(log)).size > 10_000_000) await rename(log, `${log}.1`)
}
