import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { buildAside, createFile, replaceFile } from './aside.ts'
import { run } from './command.ts'
import type { Place } from './place.ts'
import { rememberInitialized, type Secrets } from './secrets.ts'

const settingsFile = 'client-portal.conf'

/**
 * Makes the database folder when there is none, and brings its managed settings up to date. Answers whether the
 * settings changed. Throws when the folder belongs to another major version.
 */
export const prepareCluster = async (place: Place, secrets: Secrets) => {
  if (!existsSync(place.cluster))
    await buildAside(place.cluster, (aside) => initialize(place, secrets, aside))
  await demandSameMajor(place)
  await rememberInitialized(place.dataDir, secrets)
  const path = join(place.cluster, settingsFile)
  const text = settings(place)
  if (existsSync(path) && (await readFile(path, 'utf8')) === text) return false
  await replaceFile(path, text, place.account)
  return true
}

const initialize = async ({ native, account }: Place, secrets: Secrets, aside: string) => {
  const passwordFile = `${aside}.password`
  try {
    await createFile(passwordFile, `${secrets.superuser}\n`, account)
    await mkdir(aside, { mode: 0o700 })
    if (account) await chown(aside, account.uid, account.gid)
    const options = ['-U', 'postgres', `--pwfile=${passwordFile}`, '-A', 'scram-sha-256', '-E', 'UTF8', '-k']
    const locale = [
      '--no-locale',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ]
    const { ok, output } = await run(account, join(native, 'bin', 'initdb'), [
      ...options,
      ...locale,
      '-D',
      aside,
    ])
    if (!ok) throw new Error(`PostgreSQL could not make its folder: ${output}`)
    const main = join(aside, 'postgresql.conf')
    await replaceFile(
      main,
      `${await readFile(main, 'utf8')}\ninclude_if_exists = '${settingsFile}'\n`,
      account,
    )
  } finally {
    await rm(passwordFile, { force: true })
  }
}

const demandSameMajor = async ({ cluster, version }: Place) => {
  const path = join(cluster, 'PG_VERSION')
  if (!existsSync(path))
    throw new Error(`${cluster} is not a PostgreSQL folder: move it away and start again.`)
  const made = (await readFile(path, 'utf8')).trim()
  if (made === version.split('.')[0]) return
  throw new Error(
    `The database in ${cluster} was made by PostgreSQL ${made}, and this version brings ${version}. ` +
      'Make a backup with the version that you had, and restore it with this one.',
  )
}

const settings = ({ sockets }: Place) => `\
# Written at every start: put your own settings into postgresql.conf below the include line, or use ALTER SYSTEM.
listen_addresses = ''
port = 5432
unix_socket_directories = ${quote(`"${sockets.replaceAll('"', '""')}"`)}
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 200
shared_buffers = '256MB'
effective_cache_size = '1GB'
random_page_cost = 1.1
wal_level = replica
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
`

const quote = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
