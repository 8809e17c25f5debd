import { setTimeout } from 'node:timers/promises'
import type { Client } from 'pg'
import { isPassing, meet, presenceName } from './meet.ts'
import type { Place } from './place.ts'
import type { Secrets } from './secrets.ts'
import { halt } from './server.ts'

declare module 'pg' {
  /** In pg since 8.0, and not in its types. */
  interface Client {
    ref(): void
    unref(): void
  }
}

/** Held shared by each process that counts on the server, exclusively by the last one while it stops it. */
const presenceLock = 7_240_002

export type Presence = { startedByUs: boolean; leave(): Promise<void> }

/**
 * Meets the server, prepares it, and stays. When the server dies it is started again at the same address, and `log`
 * gets a sentence. `leave()` stops the server unless anybody else is connected.
 */
export const attend = async (
  place: Place,
  secrets: Secrets,
  prepare: (client: Client) => Promise<void>,
  log: (line: string) => void,
): Promise<Presence> => {
  const { client: first, startedByUs } = await arrive(place, secrets, true)
  let client: Client | undefined = first
  let leaving: Promise<void> | undefined
  let reviving: Promise<void> | undefined

  const stay = (present: Client) => {
    client = present
    present.unref()
    present.once('end', () => {
      client = undefined
      if (!leaving) reviving = revive()
    })
  }
  const revive = async () => {
    log('PostgreSQL is gone; starting it again.')
    while (!leaving && !client) {
      // A second's grace for whoever stopped it to start newer binaries.
      await setTimeout(1000, undefined, { ref: false })
      if (leaving) return
      await arrive(place, secrets, false).then(
        (arrival) => stay(arrival.client),
        (error) => log(`${error}`),
      )
    }
  }
  const leave = async () => {
    await reviving
    if (client) await depart(client, place)
  }

  try {
    await prepare(first)
  } catch (error) {
    await depart(first, place)
    throw error
  }
  stay(first)
  return { startedByUs, leave: () => (leaving ??= leave()) }
}

const arrive = async (place: Place, secrets: Secrets, sameBinaries: boolean) => {
  for (;;) {
    const meeting = await meet(place, secrets, sameBinaries)
    try {
      await meeting.client.query('select pg_advisory_lock_shared($1)', [presenceLock])
      return meeting
    } catch (error) {
      // The last one out was just stopping the server.
      await meeting.client.end()
      if (!isPassing(error)) throw error
    }
  }
}

const depart = async (client: Client, place: Place) => {
  client.ref()
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [presenceLock])
    if (await isAlone(client)) await halt(place)
  } catch (error) {
    if (!isPassing(error)) throw error
  }
  await client.end()
}

/** Waits up to a second for the connections of processes that have just ended. */
const isAlone = async (client: Client) => {
  const lock = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [
    presenceLock,
  ])
  if (!lock.rows[0]?.held) return false
  const sought = Date.now()
  for (;;) {
    const { rowCount } = await client.query(
      `select from pg_stat_activity where backend_type in ('client backend', 'walsender')
       and pid <> pg_backend_pid() and application_name <> $1 limit 1`,
      [presenceName],
    )
    if (!rowCount) return true
    if (Date.now() - sought > 1000) return false
    await setTimeout(50)
  }
}
