import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { closePools, type DatabaseUrls, databaseUrls, useDatabase } from '#src/db/connect.ts'
import { startEmbedded } from '#src/db/embedded.ts'
import { migrate } from '#src/db/migrate.ts'
import type { Env } from '#src/env.ts'
import { useSecret } from '#src/secret.ts'

export type OpenDatabase = { urls: DatabaseUrls; secret: string; line: string; close(): Promise<void> }
export type ReachedDatabase = Omit<OpenDatabase, 'close'> & { stop(): Promise<void> }

/** Keeps a secret in the data directory, for its owner only, whole or not at all; answers the one that is kept there. */
export const keepSecret = (dataDir: string, secret: string): string => {
  const file = join(dataDir, 'app-secret')
  if (mkdirSync(dataDir, { recursive: true })) chmodSync(dataDir, 0o711) // PostgreSQL's own user passes through
  if (!existsSync(file)) {
    const aside = `${file}.new-${process.pid}`
    writeFileSync(aside, secret, { mode: 0o600, flush: true })
    try {
      linkSync(aside, file)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    } finally {
      rmSync(aside)
    }
  }
  return readFileSync(file, 'utf8').trim()
}

/** APP_SECRET, or one made at the first start. */
const appSecret = (env: Env): string =>
  env.APP_SECRET ?? keepSecret(resolve(env.DATA_DIR), randomBytes(48).toString('base64url'))

const server = async (env: Env) => {
  if (env.DATABASE_URL)
    return { url: env.DATABASE_URL, line: `database ${new URL(env.DATABASE_URL).host}`, stop: async () => {} }
  const embedded = await startEmbedded({ dataDir: resolve(env.DATA_DIR) })
  return { url: embedded.url, line: embedded.startLine, stop: () => embedded.stop() }
}

/** Starts or reaches the database and leaves it as it is: for backups and restores. */
export const reachDatabase = async (env: Env): Promise<ReachedDatabase> => {
  const secret = appSecret(env)
  useSecret(secret, env.APP_SECRET_PREVIOUS)
  const { url, line, stop } = await server(env)
  const urls = databaseUrls({
    url,
    direct: env.DATABASE_URL && env.DATABASE_DIRECT_URL,
    secret: createHmac('sha256', secret).update('database').digest('base64url'),
    overrides: {
      public: env.DATABASE_URL_PUBLIC,
      portal: env.DATABASE_URL_PORTAL,
      preview: env.DATABASE_URL_PREVIEW,
      staff: env.DATABASE_URL_STAFF,
      system: env.DATABASE_URL_SYSTEM,
      worker: env.DATABASE_URL_WORKER,
    },
  })
  return { urls, secret, line, stop }
}

/** Starts or reaches the database, brings its schema up to date and makes `scoped` and `asSystem` work. */
export const openDatabase = async (env: Env): Promise<OpenDatabase> => {
  const { stop, ...database } = await reachDatabase(env)
  await migrate(database.urls)
  useDatabase(database.urls, env.DATABASE_POOL)
  const close = async () => {
    await closePools()
    await stop()
  }
  return { ...database, close }
}

const handed = z.object({
  urls: z.custom<DatabaseUrls>((value) => typeof value === 'object'),
  secret: z.string(),
})

/** Uses a database that another process of ours has opened and handed over as JSON. */
export const connectDatabase = (text: string, env: Env) => {
  const { urls, secret } = handed.parse(JSON.parse(text))
  useSecret(secret, env.APP_SECRET_PREVIOUS)
  useDatabase(urls, env.DATABASE_POOL)
}
