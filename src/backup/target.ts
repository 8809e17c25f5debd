import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Client } from 'pg'
import { BackupProblem } from '#src/backup/problem.ts'
import type { Head } from '#src/backup/shapes.ts'
import { migrationNames } from '#src/db/migrate.ts'
import type { Env } from '#src/env.ts'

/** A backup of our schema or of an older one can be restored; its migrations are then the beginning of ours. */
export const demandOurs = async (head: Head) => {
  const ours = await migrationNames()
  const unknown = head.migrations.find((name, at) => ours[at] !== name)
  if (!unknown) return
  const known = ours.length < head.migrations.length ? `newer than` : `of another line than`
  throw new BackupProblem(
    'newer',
    `The backup was made by version ${head.app}, whose database is ${known} this version's (${unknown}): restore it with the version that made it.`,
  )
}

/** Nothing is overwritten: a restore goes into a data directory that has nothing of ours. */
export const demandEmptyFolder = (env: Env) => {
  const folder = resolve(env.DATA_DIR)
  const found = ['app-secret', 'files', 'postgres', 'postgres.secrets.json'].find((name) =>
    existsSync(join(folder, name)),
  )
  if (!found) return
  throw new BackupProblem(
    'notEmpty',
    `${folder} is in use (it has ${found}): set DATA_DIR to a new folder, or move this one away.`,
  )
}

export const demandSecret = (env: Env, head: Head) => {
  if (!env.APP_SECRET || env.APP_SECRET === head.secret) return
  throw new BackupProblem(
    'usage',
    'APP_SECRET is not the one of this backup: leave it unset, and the restored one is used.',
  )
}

/** … and into a database without tables. */
export const demandEmptyDatabase = async (client: Client) => {
  const { rows } = await client.query<{ used: boolean }>(`
    select exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm'))
      or exists (select from pg_namespace where nspname = 'graphile_worker') as used`)
  if (rows[0]?.used)
    throw new BackupProblem(
      'notEmpty',
      'The database of DATABASE_URL has tables already: create an empty one for the restore.',
    )
}
