import { sql } from 'kysely'
import { COLUMNS, headOf, link, NO_TENANT, START } from '#src/audit/chain/link.ts'
import { asSystem, type Db } from '#src/db/scope.ts'

const BATCH = 1_000

/**
 * Rows that no link holds yet and that nobody can still be writing beside: ids are given before the commit, so only when
 * every older transaction is over is it sure that no row will appear between two that are linked. A number from the
 * future is another cluster's: the row came with a backup.
 */
const waiting = (db: Db, whole: boolean) =>
  db
    .selectFrom('audit_event as event')
    .leftJoin('audit_chain as chain', 'chain.event_id', 'event.id')
    .select([...COLUMNS, sql<string>`event.data::text`.as('data_text')])
    .where('chain.event_id', 'is', null)
    .where(
      sql<boolean>`(event.xid < pg_snapshot_xmin(pg_current_snapshot()) or event.xid >= pg_snapshot_xmax(pg_current_snapshot()))`,
    )
    .$if(!whole, (query) => query.where('event.at', '>', sql<Date>`now() - interval '1 day'`))
    .orderBy('event.id')
    .limit(BATCH)
    .execute()

const extend = (tenant: string, whole: boolean) =>
  asSystem(
    'audit: seal',
    async (db) => {
      const { rows } = await sql<{ mine: boolean }>`
        select pg_try_advisory_xact_lock(hashtextextended(${`audit ${tenant}`}, 0)) as mine`.execute(db)
      if (!rows[0]?.mine) return 0
      const head = await headOf(db)
      const events = await waiting(db, whole)
      let hash = head?.hash ?? START
      let sequence = head?.sequence ?? 0
      const links = events.map((event) => {
        sequence += 1
        hash = link(hash, tenant, sequence, event)
        return { sequence, event_id: event.id, hash }
      })
      if (links.length > 0) await db.insertInto('audit_chain').values(links).execute()
      return links.length
    },
    tenant,
  )

/** Every tenant, and the rows of none. */
const chains = async () => {
  const rows = await asSystem('audit: tenants', (db) =>
    db.selectFrom('tenant').select('tenant_id').orderBy('tenant_id').execute(),
  )
  return [NO_TENANT, ...rows.map((row) => row.tenant_id)]
}

/** Links what was written in the last day, or `whole`: whatever has no link. Answers how many rows got one. */
export const extendChains = async (whole = false): Promise<number> => {
  let sealed = 0
  for (const tenant of await chains()) {
    let links: number
    do {
      links = await extend(tenant, whole)
      sealed += links
    } while (links === BATCH)
  }
  return sealed
}

/** The newest link of each chain: noted outside of the database, it shows a chain that was cut or made anew. */
export const heads = async () => {
  const found = []
  for (const tenant of await chains()) {
    const head = await asSystem('audit: heads', headOf, tenant)
    if (head) found.push({ tenant, sequence: head.sequence, hash: head.hash.toString('hex') })
  }
  return found
}
