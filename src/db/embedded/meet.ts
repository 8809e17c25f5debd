import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import { errorCode } from './command.ts'
import type { Place } from './place.ts'
import type { Secrets } from './secrets.ts'
import { halt, type Launch, lastWords, launch, runningPid } from './server.ts'

/** Marks the connections that hold a lock instead of doing work. */
export const presenceName = 'client-portal presence'

const turnoverLock = 7_240_001

/**
 * Connects the superuser to the server of this place; starts one when none runs. Waits while a server recovers, stops,
 * or is just being started by another process. With `sameBinaries`, a server that runs from others is replaced.
 */
export const meet = async (place: Place, secrets: Secrets, sameBinaries: boolean) => {
  let launched: Launch | undefined
  for (const begin = Date.now(); Date.now() - begin < 600_000; await setTimeout(25)) {
    const { client, busy } = await knock(place, secrets)
    const fits = client && (!sameBinaries || (await runsFrom(client, place)))
    if (fits) return { client, startedByUs: launched?.exited === false }
    if (client) await replace(client, place)
    else if (!busy) launched = await tryLaunch(place, launched)
  }
  throw new Error(`PostgreSQL in ${place.cluster} lets nobody in: see ${place.log}`)
}

/** Starts a server, again when the last one gave way to another that may be just coming or going. */
const tryLaunch = async (place: Place, last: Launch | undefined) => {
  if (!last) return launch(place)
  if (!last.exited || Date.now() - last.at < 500) return last
  // Without the lock file of another server there is no use in waiting.
  const patience = (await runningPid(place.cluster)) ? 10_000 : 1000
  if (Date.now() - last.firstAt < patience) return launch(place, last.firstAt)
  throw new Error(`PostgreSQL does not start in ${place.cluster}: ${await lastWords(place, last)}`)
}

/** True for what a client is told by a server that starts, stops, is full, or is gone in the middle of a word. */
export const isPassing = (error: unknown) => {
  const passing = ['57P01', '57P02', '57P03', '53300', 'ECONNRESET', 'EPIPE']
  const code = errorCode(error)
  return code ? passing.includes(code) : /terminated|timeout|not queryable/.test(String(error))
}

const knock = async (place: Place, secrets: Secrets): Promise<{ client?: Client; busy?: string }> => {
  const client = new Client({
    host: place.sockets,
    port: 5432,
    user: 'postgres',
    password: secrets.superuser,
    database: 'postgres',
    application_name: presenceName,
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    await demandSameFolder(client, place)
    return { client }
  } catch (error) {
    await client.end()
    const code = errorCode(error)
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return {}
    if (code === '28P01') {
      throw new Error(`The passwords in ${place.dataDir}/postgres.secrets.json do not fit ${place.cluster}.`)
    }
    if (isPassing(error)) return { busy: String(error) }
    throw error
  }
}

const demandSameFolder = async (client: Client, { cluster, sockets }: Place) => {
  const { rows } = await client.query<{ data_directory: string }>('show data_directory')
  const served = rows[0]?.data_directory
  if (served === cluster) return
  throw new Error(
    `The PostgreSQL at ${sockets} serves ${served} and not ${cluster}: stop it, then start again.`,
  )
}

const runsFrom = async (client: Client, { native, version }: Place) => {
  const { rows } = await client.query<{ version: string; folder: string }>(
    `select current_setting('server_version') as version, setting as folder from pg_config where name = 'BINDIR'`,
  )
  return rows[0]?.version === version && rows[0].folder === join(native, 'bin')
}

/** Stops the server under a lock of its own, so that of two processes neither stops the other's new one. */
const replace = async (client: Client, place: Place) => {
  try {
    await client.query('select pg_advisory_lock($1)', [turnoverLock])
    await halt(place)
  } catch (error) {
    if (!isPassing(error)) throw error
  } finally {
    await client.end()
  }
}
