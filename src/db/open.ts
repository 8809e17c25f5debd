import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { closePools, type DatabaseUrls, databaseUrls, useDatabase } from '#src/db/connect.ts'
import { startEmbedded } from '#src/db/embedded.ts'
import { migrate } from '#src/db/migrate.ts'
import type { Env } from '#src/env.ts'
import { useSecret } from '#src/secret.ts'

export type OpenDatabase = { urls: DatabaseUrls; secret: string; line: string; close(): Promise<void> }

/** APP_SECRET, or one made at the first start and kept beside the embedded database, readable by its owner only. */
const appSecret = (env: Env): string => {
  if (env.APP_SECRET) return env.APP_SECRET
  const file = join(resolve(env.DATA_DIR), 'app-secret')
  mkdirSync(resolve(env.DATA_DIR), { recursive: true, mode: 0o711 })
  try {
    writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readFileSync(file, 'utf8').trim()
}

const server = async (env: Env) => {
  if (env.DATABASE_URL)
    return { url: env.DATABASE_URL, line: `database ${new URL(env.DATABASE_URL).host}`, stop: async () => {} }
  const embedded = await startEmbedded({ dataDir: resolve(env.DATA_DIR) })
  return { url: embedded.url, line: embedded.startLine, stop: () => embedded.stop() }
}

/** Starts or reaches the database, brings its schema up to date and makes `scoped` and `asSystem` work. */
export const openDatabase = async (env: Env): Promise<OpenDatabase> => {
  const secret = appSecret(env)
  useSecret(secret)
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
  await migrate(urls)
  useDatabase(urls, env.DATABASE_POOL)
  const close = async () => {
    await closePools()
    await stop()
  }
  return { urls, secret, line, close }
}

const handed = z.object({
  urls: z.custom<DatabaseUrls>((value) => typeof value === 'object'),
  secret: z.string(),
})

/** Uses a database that another process of ours has opened and handed over as JSON. */
export const connectDatabase = (text: string, env: Env) => {
  const { urls, secret } = handed.parse(JSON.parse(text))
  useSecret(secret)
  useDatabase(urls, env.DATABASE_POOL)
}
