import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, chown, lstat, mkdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Account, chooseAccount, ownerOf } from './account.ts'
import { replaceFile } from './aside.ts'
import { canRun, copyBinaries, serverVersion, shippedBinaries } from './binaries.ts'
import { errorCode, run } from './command.ts'
import { readSecrets, type Secrets } from './secrets.ts'

/** Where everything of one embedded server is, and who runs it. All paths are absolute. */
export type Place = {
  dataDir: string
  /** The folder that holds the cluster: the data directory, or /var/lib/client-portal/<id>. */
  home: string
  cluster: string
  /** The folder of the unix socket. */
  sockets: string
  log: string
  /** The folder with bin, lib and share that the server runs from. */
  native: string
  version: string
  account: Account | undefined
}

/**
 * Finds the place of an existing database, or chooses one for the first: the data directory, unless the account that
 * root hands the server to can't reach it or the binaries. Throws when a database that was there is gone.
 */
export const choosePlace = async (dataDir: string, secrets: Secrets): Promise<Place> => {
  const shipped = shippedBinaries()
  const outside = join('/var/lib/client-portal', secrets.id)
  const found = [dataDir, outside].find((home) => existsSync(join(home, 'postgres')))
  if (!found && secrets.initialized) throw new Error(lost(dataDir, outside))
  const account = found ? await ownerOf(join(found, 'postgres')) : await chooseAccount()
  const runsShipped = !account || (await canRun(shipped, account))
  const inside = !account || (runsShipped && (await canLiveIn(dataDir, account)))
  const home = found ?? (inside ? dataDir : outside)
  if (home === outside) await claim(outside, dataDir, secrets)
  if (!runsShipped) await openFolder(outside)
  const native = runsShipped ? shipped : await copyBinaries(shipped, outside)
  const version = await serverVersion(native, account)
  const sockets = await socketFolder(home, secrets, account)
  const cluster = join(home, 'postgres')
  return { dataDir, home, cluster, sockets, log: join(dataDir, 'postgres.log'), native, version, account }
}

const lost = (dataDir: string, outside: string) =>
  `The database of ${dataDir} is gone: it is neither there nor in ${outside}. Put it back from a backup, or delete ` +
  `postgres.secrets.json in the data directory to begin with an empty database.`

/** Tries it for real: a folder handed to the account, in which it makes a file. */
const canLiveIn = async (dataDir: string, account: Account) => {
  const probe = join(dataDir, `postgres.probe-${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    await mkdir(probe)
    await chown(probe, account.uid, account.gid)
    await chmod(probe, 0o700)
    const { uid, mode } = await stat(probe)
    const { ok } = await run(account, '/bin/sh', ['-c', 'cd "$0" && : > file', probe])
    return ok && uid === account.uid && (mode & 0o777) === 0o700
  } catch (error) {
    if (['EPERM', 'EINVAL', 'ENOTSUP', 'EACCES'].includes(errorCode(error) ?? '')) return false
    throw error
  } finally {
    await rm(probe, { recursive: true, force: true })
  }
}

/** Takes the outside folder for this data directory. Throws when the directory is a copy of the one that has it. */
const claim = async (outside: string, dataDir: string, secrets: Secrets) => {
  await openFolder(outside)
  const note = join(outside, 'data-directory')
  const claimed = existsSync(note) ? (await readFile(note, 'utf8')).trim() : undefined
  if (claimed === dataDir) return
  if (claimed && (await readSecrets(claimed))?.id === secrets.id) {
    throw new Error(
      `${dataDir} is a copy of ${claimed}, whose database is in ${outside}: two can't share it.`,
    )
  }
  await replaceFile(note, `${dataDir}\n`)
}

const openFolder = async (path: string) => {
  await mkdir(path, { recursive: true })
  await chmod(join(path, '..'), 0o755)
  await chmod(path, 0o755)
}

/** Systems cut or refuse socket paths of more than about 100 bytes, hence /tmp for a deep data directory. */
const socketFolder = async (home: string, secrets: Secrets, account: Account | undefined) => {
  const near = join(home, 'postgres.socket')
  const fits = Buffer.byteLength(join(near, '.s.PGSQL.5432')) < 100
  const folder = fits ? near : `/tmp/client-portal-${secrets.id}`
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const { uid } = await lstat(folder)
  if (uid !== process.getuid?.() && uid !== account?.uid) {
    throw new Error(
      `${folder} belongs to somebody else: remove it, or shorten the path of the data directory.`,
    )
  }
  if (account && uid !== account.uid) await chown(folder, account.uid, account.gid)
  return folder
}
