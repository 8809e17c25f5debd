import { sql } from 'kysely'
import { COLUMNS, link, START } from '#src/audit/chain/link.ts'
import { asSystem, type Db } from '#src/db/scope.ts'

const PAGE = 5_000

export type Fault = 'changed' | 'row-gone' | 'link-gone'
type Broken = { sequence: number; event: string | undefined; what: Fault }
export type Verdict = {
  tenant: string
  slug: string | undefined
  /** Rows found as they were sealed. */
  links: number
  /** Rows that no link holds yet. */
  waiting: number
  /** SHA-256 of the newest link, in hexadecimal. */
  head: string | undefined
  broken: Broken | undefined
}

const page = (db: Db, after: number) =>
  db
    .selectFrom('audit_chain as chain')
    .leftJoin('audit_event as event', 'event.id', 'chain.event_id')
    .select(['chain.sequence', 'chain.event_id', 'chain.hash', ...COLUMNS])
    .select(sql<string | null>`event.data::text`.as('data_text'))
    .where('chain.sequence', '>', after)
    .orderBy('chain.sequence')
    .limit(PAGE)
    .execute()

type Link = Awaited<ReturnType<typeof page>>[number]

const present = (row: Link) => {
  const { id, at, actor_kind, actor_name, action, data_text } = row
  return id && at && actor_kind && actor_name !== null && action && data_text !== null
    ? { ...row, id, at, actor_kind, actor_name, action, data_text }
    : undefined
}

const faultOf = (row: Link, before: Buffer, sequence: number, tenant: string): Fault | undefined => {
  if (row.sequence !== sequence) return 'link-gone'
  const event = present(row)
  if (!event) return 'row-gone'
  return link(before, tenant, sequence, event).equals(row.hash) ? undefined : 'changed'
}

const walk = async (db: Db) => {
  let before: Buffer = START
  let links = 0
  for (;;) {
    const rows = await page(db, links)
    for (const row of rows) {
      const what = faultOf(row, before, links + 1, db.tenant)
      const event = what === 'link-gone' ? undefined : row.event_id
      if (what) return { links, before, broken: { sequence: links + 1, event, what } }
      links += 1
      before = row.hash
    }
    if (rows.length < PAGE) return { links, before, broken: undefined }
  }
}

const waitingRows = async (db: Db) => {
  const row = await db
    .selectFrom('audit_event as event')
    .leftJoin('audit_chain as chain', 'chain.event_id', 'event.id')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('chain.event_id', 'is', null)
    .executeTakeFirstOrThrow()
  return row.waiting
}

const verifyOne = (tenant: string, slug: string | undefined): Promise<Verdict> =>
  asSystem(
    'audit: verify',
    async (db) => {
      await sql`set transaction isolation level repeatable read, read only`.execute(db)
      const { links, before, broken } = await walk(db)
      const head = links > 0 ? before.toString('hex') : undefined
      return { tenant, slug, links, waiting: await waitingRows(db), head, broken }
    },
    tenant,
  )

/** Works every chain out again from the rows, up to its first broken link. */
export const verifyChains = async (): Promise<Verdict[]> => {
  const { rows } = await asSystem('audit: chains', (db) =>
    sql<{ tenant_id: string; slug: string | null }>`
      select a.tenant_id, t.slug from (select tenant_id from audit_chain union select tenant_id from audit_event) a
        left join tenant t on t.tenant_id = a.tenant_id order by t.slug nulls first`.execute(db),
  )
  const verdicts: Verdict[] = []
  for (const { tenant_id, slug } of rows) verdicts.push(await verifyOne(tenant_id, slug ?? undefined))
  return verdicts
}
