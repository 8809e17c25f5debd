import pg from 'pg'
import { currentUrls } from '#src/db/connect.ts'

type Heard = {
  /** What was said on the channel. */
  heard: (payload: string) => void
  /** The connection was lost and is there again: something may have been missed. */
  again: () => void
}

const LONGEST_WAIT = 10_000

/**
 * Listens on a channel, on a connection of its own that goes past any pooler and is made again when it breaks. `ready`
 * is over when everything that is said from then on is heard.
 */
export const listen = (channel: string, { heard, again }: Heard) => {
  let stopped = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  const connect = async () => {
    const made = new pg.Client({
      connectionString: currentUrls().worker,
      application_name: 'client-portal live',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    })
    client = made
    made.on('error', () => {})
    made.on('notification', ({ payload }) => payload && heard(payload))
    await made.connect()
    await made.query(`listen ${pg.escapeIdentifier(channel)}`)
    made.once('end', () => retry(100))
  }
  const retry = (wait: number) => {
    if (stopped) return
    timer = setTimeout(() => {
      connect().then(again, () => {
        void client?.end().catch(() => {})
        retry(Math.min(wait * 2, LONGEST_WAIT))
      })
    }, wait)
  }
  const ready = connect().catch(() => {
    void client?.end().catch(() => {})
    retry(100)
  })
  const stop = async () => {
    stopped = true
    clearTimeout(timer)
    await ready
    await client?.end().catch(() => {})
  }
  return { ready, stop }
}
