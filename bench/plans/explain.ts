import { CompiledQuery, sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import type { Statement } from './statements.ts'

type Node = {
  'Node Type': string
  'Relation Name'?: string | undefined
  Plans?: Node[] | undefined
}

const node: z.ZodType<Node> = z.lazy(() =>
  z.looseObject({
    'Node Type': z.string(),
    'Relation Name': z.string().optional(),
    Plans: z.array(node).optional(),
  }),
)
const explained = z.array(
  z.object({
    'Execution Time': z.number(),
    'Planning Time': z.number(),
    Plan: z.looseObject({ 'Shared Hit Blocks': z.number() }).and(node),
  }),
)

/** How a statement was carried out: milliseconds, 8 KB blocks that it looked at, and the whole story. */
export type Plan = { ms: number; planning: number; blocks: number; scanned: string[]; story: unknown }

const scannedBy = (plan: Node): string[] => [
  ...(plan['Node Type'] === 'Seq Scan' && plan['Relation Name'] ? [plan['Relation Name']] : []),
  ...(plan.Plans ?? []).flatMap(scannedBy),
]

const planOf = (rows: unknown[]): Plan => {
  const story = z.object({ 'QUERY PLAN': z.unknown() }).parse(rows[0])['QUERY PLAN']
  const [one] = explained.parse(story)
  if (!one) throw new Error('explain answered nothing')
  const { Plan } = one
  return {
    ms: one['Execution Time'],
    planning: one['Planning Time'],
    blocks: Plan['Shared Hit Blocks'],
    scanned: scannedBy(Plan),
    story,
  }
}

const EXPLAIN = 'explain (analyze, buffers, format json)'

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Date) return `'${value.toISOString()}'`
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`
  if (Array.isArray(value)) return `'{${value.join(',')}}'`
  return `'${String(value).replaceAll("'", "''")}'`
}

/** With a plan made for these values, as the first executions of a prepared statement have it. */
export const explain = async (db: Db, { text, values }: Statement): Promise<Plan> =>
  planOf((await db.executeQuery(CompiledQuery.raw(`${EXPLAIN} ${text}`, [...values]))).rows)

/** With the plan for any values, which PostgreSQL may take from the sixth execution on. Leaves no trace. */
export const explainGeneric = async (db: Db, { text, values }: Statement): Promise<Plan> => {
  await sql`savepoint generic`.execute(db)
  await sql`set local plan_cache_mode = force_generic_plan`.execute(db)
  await sql.raw(`prepare explained as ${text}`).execute(db)
  const given = values.length > 0 ? `(${values.map(literal).join(', ')})` : ''
  const { rows } = await sql.raw(`${EXPLAIN} execute explained${given}`).execute(db)
  await sql`deallocate explained`.execute(db)
  await sql`rollback to savepoint generic`.execute(db)
  return planOf(rows)
}
