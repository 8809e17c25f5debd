import { stat } from 'node:fs/promises'
import { run } from './command.ts'

/** The operating-system user that runs the server. Undefined, where optional: the user we already are. */
export type Account = { name: string; uid: number; gid: number }

/**
 * PostgreSQL refuses to run as root, so root hands it to `postgres`, else to `client-portal` (created when missing),
 * else to `nobody`. Any other user runs it itself: undefined.
 */
export const chooseAccount = async (): Promise<Account | undefined> => {
  if (process.getuid?.() !== 0) return undefined
  const account =
    (await lookUp('postgres')) ??
    (await lookUp('client-portal')) ??
    (await createAccount()) ??
    (await lookUp('nobody'))
  if (!account) throw new Error('PostgreSQL cannot run as root and there is no user "postgres" or "nobody".')
  return account
}

/** Whoever owns the database folder runs its server. Throws when that is neither us nor in our power. */
export const ownerOf = async (folder: string): Promise<Account | undefined> => {
  const { uid, gid } = await stat(folder)
  const current = process.getuid?.()
  if (uid === 0)
    throw new Error(`${folder} belongs to root, who can't run PostgreSQL: chown -R it to another user.`)
  if (uid === current) return undefined
  const { ok, output } = await run(undefined, 'id', ['-un', String(uid)])
  const name = ok ? output : String(uid)
  if (current !== 0) throw new Error(`The database in ${folder} belongs to user ${name}: start as ${name}.`)
  return { name, uid, gid }
}

const lookUp = async (name: string): Promise<Account | undefined> => {
  const [user, group] = await Promise.all([
    run(undefined, 'id', ['-u', name]),
    run(undefined, 'id', ['-g', name]),
  ])
  // `| 0`: macOS prints nobody's -2 as 4294967294, which Node does not take.
  return user.ok && group.ok
    ? { name, uid: Number(user.output) | 0, gid: Number(group.output) | 0 }
    : undefined
}

const createAccount = async () => {
  const home = ['--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin']
  await run(undefined, 'useradd', ['--system', '--user-group', ...home, 'client-portal'])
  return lookUp('client-portal')
}
