import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { roleOf, rolePassword, SURFACES } from '#src/db/connect.ts'
import { chooseAccount } from '#src/db/embedded/account.ts'
import { atEnd } from '#test/at-end.ts'

export const PGBOUNCER = '/usr/sbin/pgbouncer'

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return address && typeof address === 'object' ? address.port : 0
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy() !== undefined))
    socket.once('error', () => resolve(false))
  })

/** PgBouncer in transaction mode, two connections for each role, in front of the server at that URL. Answers its URL. */
export const startPgBouncer = async (url: string, secret: string): Promise<string> => {
  const target = new URL(url)
  const port = await freePort()
  const account = await chooseAccount() // who may enter the folder of the server's socket
  const folder = await mkdtemp(join(tmpdir(), 'client-portal-pgbouncer-'))
  const users = SURFACES.map((surface) => `"${roleOf(surface)}" "${rolePassword(secret, surface)}"`)
  const settings = `[databases]
* = host=${target.searchParams.get('host')} port=5432
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = 2
max_client_conn = 500
`
  await writeFile(join(folder, 'users.txt'), `${users.join('\n')}\n`)
  await writeFile(join(folder, 'pgbouncer.ini'), settings)
  if (account) await chown(folder, account.uid, account.gid)
  await chmod(folder, 0o755)
  const child = spawn(PGBOUNCER, ['-q', join(folder, 'pgbouncer.ini')], {
    stdio: 'ignore',
    ...(account && { uid: account.uid, gid: account.gid }),
  })
  atEnd(async () => {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true })
  })
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`PgBouncer ended with code ${child.exitCode}`)
    await pause(20)
  }
  return `postgres://portal_owner:unused@127.0.0.1:${port}${target.pathname}`
}
