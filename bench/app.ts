import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Env } from '#src/env.ts'
import { root } from '#src/root.ts'

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const isReady = (origin: string) =>
  fetch(`${origin}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  )

export type App = { origin: string; pid: number; stop(): Promise<void> }

/** Starts the built app as `npm start` would, with so many processes; throws with what it printed when it doesn't come up. */
export const startApp = async (
  env: Env,
  processes: number,
  smtpUrl: string,
  profile?: string,
): Promise<App> => {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`] : []
  const child = spawn(
    process.execPath,
    [...profiling, '--max-semi-space-size=8', join(root, 'dist', 'server.js')],
    {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        MODE: 'production',
        DATA_DIR: env.DATA_DIR,
        LOG_LEVEL: 'warn',
        PORT: String(port),
        PUBLIC_URL: origin,
        PROCESSES: String(processes),
        WRITE_LIMIT: '100000000',
        SMTP_URL: smtpUrl,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const printed: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(chunk))
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    await gone
  }
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (child.exitCode !== null) break
    if (await isReady(origin)) return { origin, pid: child.pid ?? 0, stop }
    await setTimeout(50)
  }
  await stop()
  throw new Error(`The app did not start:\n${Buffer.concat(printed)}`)
}
