import { type Client, escapeIdentifier, escapeLiteral } from 'pg'
import type { Place } from './place.ts'
import type { Secrets } from './secrets.ts'

const preparationLock = 7_240_003

/** Makes the owner role and its database unless they are there. */
export const prepareDatabase = async (client: Client, database: string, secrets: Secrets) => {
  await client.query('select pg_advisory_lock($1)', [preparationLock])
  const roles = await client.query(`select from pg_roles where rolname = 'portal_owner'`)
  if (!roles.rowCount) {
    const limits = 'login createrole createdb nosuperuser noreplication nobypassrls'
    await client.query(`create role portal_owner ${limits} password ${escapeLiteral(secrets.owner)}`)
  }
  const databases = await client.query('select from pg_database where datname = $1', [database])
  if (!databases.rowCount)
    await client.query(`create database ${escapeIdentifier(database)} owner portal_owner`)
  await client.query('select pg_advisory_unlock($1)', [preparationLock])
}

/** Throws when a setting of the server, a database or a role lets an acknowledged write get lost. */
export const demandDurability = async (client: Client, { cluster }: Place) => {
  const { rows } = await client.query<{ entry: string }>(`
    select name || '=' || setting as entry from pg_settings
    where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting <> 'on'
    union
    select entry from pg_db_role_setting, unnest(setconfig) entry
    where entry like 'synchronous\\_commit=%' and entry <> 'synchronous_commit=on'`)
  if (!rows.length) return
  const entries = rows.map(({ entry }) => entry).join(', ')
  throw new Error(
    `PostgreSQL in ${cluster} runs with ${entries}: what it acknowledges could get lost. Take that out of ` +
      'postgresql.conf and postgresql.auto.conf (or ALTER ROLE or DATABASE … RESET) and start again.',
  )
}
