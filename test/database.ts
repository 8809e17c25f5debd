import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { closePools, currentUrls, type DatabaseUrls, databaseUrls, useDatabase } from '#src/db/connect.ts'
import { readEnv } from '#src/env.ts'
import { diskStore, useStore } from '#src/files/store.ts'
import { useMail } from '#src/mail/settings.ts'
import { useSecret } from '#src/secret.ts'
import { atEnd } from '#test/at-end.ts'

const named = (url: string, database: string) => {
  const parsed = new URL(url)
  parsed.pathname = `/${database}`
  return parsed.toString()
}

const once = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}

export const SECRET = 'a secret that only the tests know, of a good length'

/**
 * A migrated database of this test file's own, with pools, secret, file store and mail settings in place; gone after
 * the file. Answers the URLs and a folder.
 */
export const freshDatabase = async (
  environment: Record<string, string> = {},
): Promise<{ urls: DatabaseUrls; folder: string }> => {
  const { owner, admin } = inject('database')
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  const maintenance = named(owner, 'postgres')
  await once(maintenance, `create database ${name} template template_portal`)
  const urls = databaseUrls({ url: named(owner, name), secret: 'test database secret' })
  const folder = mkdtempSync(join(tmpdir(), 'client-portal-files-'))
  const env = readEnv({ MODE: 'test', DATA_DIR: folder, PUBLIC_URL: 'http://localhost:3000', ...environment })
  useSecret(SECRET)
  useDatabase(urls)
  useStore(diskStore(folder))
  useMail(env)
  atEnd(async () => {
    await closePools()
    // the owner may not end connections of the app's roles that are just closing
    await once(named(admin, 'postgres'), `drop database ${name} with (force)`)
    rmSync(folder, { recursive: true, force: true })
  })
  return { urls, folder }
}

/** Runs a statement as the owner: for arranging what no door of the app allows, such as moving rows in time. */
export const asOwner = async <R extends pg.QueryResultRow>(
  text: string,
  values: unknown[] = [],
): Promise<R[]> => {
  const client = new pg.Client({ connectionString: currentUrls().owner })
  await client.connect()
  try {
    return (await client.query<R>(text, values)).rows
  } finally {
    await client.end()
  }
}
