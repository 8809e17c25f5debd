import { randomBytes } from 'node:crypto'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from './command.ts'

/**
 * Builds a folder under a temporary name and renames it, so that `target` is there complete or not at all, whatever
 * is killed half-way. Several processes may race: one folder stays, the others are dropped.
 */
export const buildAside = async (target: string, build: (aside: string) => Promise<void>) => {
  await sweep(target)
  const aside = `${target}.new-${process.pid}-${randomBytes(4).toString('hex')}`
  try {
    await build(aside)
    await rename(aside, target)
    await syncFolder(dirname(target))
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error
  } finally {
    await remove(aside)
  }
}

/** Replaces a file as a whole; follows no link that the server's user may have put in its place. */
export const replaceFile = async (path: string, text: string, owner?: { uid: number; gid: number }) => {
  const aside = `${path}.new-${process.pid}-${randomBytes(4).toString('hex')}`
  await createFile(aside, text, owner)
  await rename(aside, path)
  await syncFolder(dirname(path))
}

/** Writes a new file, mode 0600, through to the disk. Throws EEXIST when there is one. */
export const createFile = async (path: string, text: string, owner?: { uid: number; gid: number }) => {
  await using file = await open(path, 'wx', 0o600)
  await file.writeFile(text)
  if (owner) await file.chown(owner.uid, owner.gid)
  await file.sync()
}

/** Makes a rename or a new name in this folder survive a power cut. */
export const syncFolder = async (path: string) => {
  await using folder = await open(path, 'r')
  await folder.sync()
}

const sweep = async (target: string) => {
  const prefix = `${basename(target)}.new-`
  for (const name of await readdir(dirname(target))) {
    const [pid] = name.startsWith(prefix) ? name.slice(prefix.length).split('-') : []
    if (pid && !isAlive(Number(pid))) await remove(join(dirname(target), name))
  }
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/** Retries, because an initdb whose parent was killed may still be writing into the folder. */
const remove = (path: string) => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
