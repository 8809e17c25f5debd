import pg from 'pg'
import { databaseUrls, useDatabase, closePools } from '#src/db/connect.ts'
import { migrate } from '#src/db/migrate.ts'
const admin = 'postgres://postgres@127.0.0.1:5599/postgres'
export const freshDatabase = async () => {
  const name = `t_jobs_${process.pid}_${Date.now()}`
  const client = new pg.Client(admin)
  await client.connect()
  await client.query(`create database ${name} owner portal_owner`)
  const url = `postgres://portal_owner:x@127.0.0.1:5599/${name}`
  const urls = databaseUrls({ url, secret: 'x'.repeat(40) })
  await migrate(urls)
  useDatabase(urls)
  return { urls, close: async () => { await closePools(); await client.query(`drop database ${name} with (force)`); await client.end() } }
}
