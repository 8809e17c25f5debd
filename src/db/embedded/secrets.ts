import { randomBytes } from 'node:crypto'
import { link, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { createFile, replaceFile, syncFolder } from './aside.ts'
import { errorCode } from './command.ts'

const secretsShape = z.object({
  /** Names what lives outside the data directory: it moves and goes with it. */
  id: z.string().regex(/^[0-9a-f]{12}$/),
  owner: z.string().min(1),
  superuser: z.string().min(1),
  initialized: z.boolean(),
})

/** Passwords of the two roles, and whether a database was ever made for this data directory. */
export type Secrets = z.infer<typeof secretsShape>

const fileName = 'postgres.secrets.json'

/** Reads the data directory's passwords; makes them at the first start, once for all processes that race. */
export const openSecrets = async (dataDir: string): Promise<Secrets> =>
  (await readSecrets(dataDir)) ?? (await createSecrets(dataDir))

/** The passwords kept in that data directory, or undefined when it has none. */
export const readSecrets = async (dataDir: string): Promise<Secrets | undefined> => {
  try {
    return secretsShape.parse(JSON.parse(await readFile(join(dataDir, fileName), 'utf8')))
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined
    throw new Error(`Cannot use ${join(dataDir, fileName)}: ${error}`)
  }
}

export const rememberInitialized = async (dataDir: string, secrets: Secrets) => {
  if (!secrets.initialized)
    await replaceFile(join(dataDir, fileName), render({ ...secrets, initialized: true }))
}

const createSecrets = async (dataDir: string): Promise<Secrets> => {
  const random = (bytes: number) => randomBytes(bytes).toString('hex')
  const secrets = { id: random(6), owner: random(24), superuser: random(24), initialized: false }
  const aside = join(dataDir, `${fileName}.new-${process.pid}-${random(4)}`)
  await createFile(aside, render(secrets))
  try {
    await link(aside, join(dataDir, fileName))
    await syncFolder(dataDir)
    return secrets
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    return await openSecrets(dataDir)
  } finally {
    await rm(aside)
  }
}

const render = (secrets: Secrets) => `${JSON.stringify(secrets, null, 2)}\n`
