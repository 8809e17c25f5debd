import { sql } from 'kysely'
import { overRate } from '#src/web/rate.ts'

/** How much is allowed, and the reasons: reference numbers of the statements that these keep. */
export const LIMITS = {
  /** Requests from one network block in `blockMinutes`, for any address: the only limit that answers 429. */
  block: 30,
  blockMinutes: 10,
  /** Requests an hour that each browser has for an address, whatever others did. */
  browser: 3,
  /** Requests an hour that all browsers together have for an address; known browsers don't need them. */
  address: 30,
  /** Requests of an address that are open at a time. */
  open: 5,
  /** Wrong codes for a request, over all networks. */
  tries: 5,
}

/** Counts a request of this network block; answers for how many minutes to wait when it was one too many. */
export const blockedFor = (block: string): Promise<number | undefined> =>
  overRate({ name: 'sign-in', most: LIMITS.block, minutes: LIMITS.blockMinutes }, block)

/** Whether one more request of this browser for this address is one too many. Nobody is told. */
export const isTooMany = (key: string, browser: Buffer) => sql<boolean>`(
  select count(*) filter (where browser_hash = ${browser}) >= ${LIMITS.browser}
    or (count(*) >= ${LIMITS.address}
      and not exists (select from known_browser where email_key = ${key} and browser_hash = ${browser}))
  from login_request
  where email_key = ${key} and state <> 'limited' and created_at > now() - interval '1 hour')`

/**
 * Takes the place of older requests when more than the allowed number are open: first of the same browser's, then of the
 * same network's, then of the oldest. Browsers that the address is known to sign in with are out of strangers' reach.
 */
export const replaceSurplus = (id: string) => sql`
  with asked as (select * from login_request where id = ${id} and state = 'open'),
  others as (
    select r.id, row_number() over (order by (r.browser_hash = a.browser_hash) desc,
      (network(set_masklen(r.ip, case family(r.ip) when 4 then 32 else 64 end)) >>= a.ip) desc nulls last,
      r.created_at, r.id) as place, count(*) over () as open
    from asked a join login_request r on r.email_key = a.email_key and r.id <> a.id
    where r.state = 'open' and r.expires_at > now()
      and (r.browser_hash = a.browser_hash or not exists (
        select from known_browser k where k.email_key = r.email_key and k.browser_hash = r.browser_hash))
  )
  update login_request set state = 'replaced'
  where id in (select id from others where place <= open - ${LIMITS.open - 1}::int)`
