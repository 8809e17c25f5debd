import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { vi } from 'vitest'
import { type EmbeddedServer, startEmbedded } from '../embedded.ts'

const servers: EmbeddedServer[] = []
const children: ChildProcess[] = []
const folders: string[] = []
const clusters = new Set<string>()

/** A folder of its own below the system's temporary one; the second part of the path need not exist. */
export const newFolder = async (mode = 0o711, name = 'data') => {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'embedded-'))
  await chmod(folder, mode)
  folders.push(folder)
  return join(folder, name)
}

/** startEmbedded, stopped by cleanUp. */
export const start = async (dataDir: string) => {
  const server = await startEmbedded({ dataDir })
  servers.push(server)
  await remember(server)
  return server
}

/** Runs startEmbedded in a process of its own, from any copy of the sources; it stays there until it is killed. */
export const startElsewhere = (dataDir: string, source = join(import.meta.dirname, '..', 'embedded.ts')) => {
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(source)})
    const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(JSON.stringify(server))
    process.stdin.once('data', async () => { await server.stop(); process.exit() })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const server = once(createInterface(child.stdout), 'line').then(async ([line]) => {
    const started: Pick<EmbeddedServer, 'url' | 'adminUrl' | 'startLine'> = JSON.parse(line)
    await remember(started)
    return started
  })
  const ended = once(child, 'exit')
  return {
    server,
    kill: () => child.kill('SIGKILL') && ended,
    stop: () => child.stdin.write('\n') && ended,
  }
}

/** One statement on a connection of its own; the first row. */
export const ask = async (url: string, statement: string): Promise<Record<string, unknown>> => {
  const client = new Client(url)
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(statement)).rows[0] ?? {}
  } finally {
    await client.end()
  }
}

export const clusterOf = async ({ adminUrl }: { adminUrl: string }) =>
  String((await ask(adminUrl, 'show data_directory')).data_directory)

/** The folder of the server's socket, from its address. */
export const socketsOf = ({ url }: { url: string }) => new URL(url).searchParams.get('host') ?? ''

const remember = async (server: { url: string; adminUrl: string }) => {
  clusters.add(await clusterOf(server))
  if (socketsOf(server).startsWith('/tmp/client-portal-')) folders.push(socketsOf(server))
}

/** The process id of the server that runs on that folder, or undefined. */
export const postmaster = (cluster: string) => {
  const file = join(cluster, 'postmaster.pid')
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined
}

export const killServer = (cluster: string) => {
  const pid = postmaster(cluster)
  if (pid) process.kill(pid, 'SIGKILL')
}

/** How often a server came up in that data directory, by its log. */
export const timesStarted = async (dataDir: string) =>
  (await readFile(join(dataDir, 'postgres.log'), 'utf8')).split('database system is ready to accept').length -
  1

/** Ends every process and removes every folder that the test made. */
export const cleanUp = async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const server of servers.splice(0)) await server.stop()
  for (const cluster of clusters) {
    await endServer(cluster)
    if (cluster.startsWith('/var/lib/client-portal/'))
      await rm(dirname(cluster), { recursive: true, force: true })
  }
  clusters.clear()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 10 })
}

const endServer = async (cluster: string) => {
  const pid = postmaster(cluster)
  if (!pid || !signal(pid, 'SIGINT')) return
  await vi.waitUntil(() => !postmaster(cluster) || !signal(pid, 0), { timeout: 20_000 })
}

const signal = (pid: number, name: NodeJS.Signals | 0) => {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
