import { chmod, mkdir, realpath } from 'node:fs/promises'
import type { Client } from 'pg'
import { dropOldCopies } from './embedded/binaries.ts'
import { prepareCluster } from './embedded/cluster.ts'
import { demandDurability, prepareDatabase } from './embedded/database.ts'
import { choosePlace, type Place } from './embedded/place.ts'
import { attend } from './embedded/presence.ts'
import { openSecrets } from './embedded/secrets.ts'

export type EmbeddedServer = {
  /** Of the database's owner, who may make roles and databases but is no superuser and bound by row-level security. */
  url: string
  /** Of the superuser, for backups. */
  adminUrl: string
  /** One sentence for the operator: what runs, where, as whom. */
  startLine: string
  /** Ends our stay; the server is stopped unless another client is still connected. Close your own pools first. */
  stop(): Promise<void>
}

type Options = {
  dataDir: string
  database?: string
  /** Gets a sentence when the server died and is started again. */
  log?: (line: string) => void
}

/**
 * Starts the PostgreSQL that npm installed, with its database under `dataDir` and a unix socket only; a server that is
 * still running there is used again. As root it runs as an unprivileged user. It outlives us, and while we live it is
 * started again when it dies, at the same address. Throws an Error with a sentence for the operator when there is no
 * server for this system, the database is of another major version, or it would not keep what it acknowledges.
 */
export const startEmbedded = async (options: Options): Promise<EmbeddedServer> => {
  const { database = 'client_portal', log = () => {} } = options
  const dataDir = await openDataDirectory(options.dataDir)
  const secrets = await openSecrets(dataDir)
  const place = await choosePlace(dataDir, secrets)
  const settingsChanged = await prepareCluster(place, secrets)
  const prepare = async (client: Client) => {
    if (settingsChanged) await client.query('select pg_reload_conf()')
    await demandDurability(client, place)
    await prepareDatabase(client, database, secrets)
    await dropOldCopies(place.native)
  }
  const presence = await attend(place, secrets, prepare, log)
  const url = (user: string, password: string) =>
    `postgres://${user}:${password}@localhost/${encodeURIComponent(database)}?host=${encodeURIComponent(place.sockets)}&port=5432`
  return {
    url: url('portal_owner', secrets.owner),
    adminUrl: url('postgres', secrets.superuser),
    startLine: startLine(place, presence.startedByUs),
    stop: presence.leave,
  }
}

/** When we make the folder, the server's user must be able to pass through it, whatever our umask. */
const openDataDirectory = async (path: string) => {
  const made = await mkdir(path, { recursive: true })
  if (made) await chmod(path, 0o711)
  return realpath(path)
}

const startLine = ({ version, home, dataDir, cluster, account }: Place, startedByUs: boolean) => {
  const subject = `PostgreSQL ${version} ${startedByUs ? 'started' : 'was still running'}`
  if (!account) return `${subject} in ${cluster}.`
  if (home === dataDir) return `${subject} in ${cluster} as user ${account.name}.`
  return `${subject} in ${home} as user ${account.name}, who may not enter the folders of this installation.`
}
