import pg from 'pg'
import { TENANT_TABLES } from '#src/db/schema.gen.ts'
import { findCast } from './cast.ts'
import { openBenchDatabase } from './database.ts'
import { explain, type Plan } from './plans/explain.ts'
import { type Scene, type Statement, scenes, statementsOf } from './plans/statements.ts'
import { FULL, SMALL } from './sample/sizes.ts'

const MANY = 1_000

/** Tables of tenants that nobody should read from one end to the other. */
const largeTables = async (ownerUrl: string): Promise<Set<string>> => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query<{ relname: string }>(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples > $1`,
    [MANY],
  )
  await client.end()
  return new Set(rows.map(({ relname }) => relname).filter((name) => TENANT_TABLES.has(name)))
}

const milliseconds = (plan: Plan | undefined) => (plan ? plan.ms.toFixed(2) : '> 5 s').padStart(8)

const asLine = (custom: Plan | undefined, generic: Plan | undefined, { text }: Statement) =>
  `${milliseconds(custom)} ${milliseconds(generic)} ${String(custom?.blocks ?? '').padStart(7)}  ${text.replace(/\s+/g, ' ').replaceAll('"', '').slice(0, 90)}`

/** What is wrong with a plan, and the plan; undefined when nothing is. */
const complaint = (plan: Plan | undefined, large: Set<string>): string | undefined => {
  if (!plan) return 'TOO SLOW: more than 5 s'
  const scanned = plan.scanned.filter((table) => large.has(table))
  return scanned.length > 0
    ? `SEQUENTIAL SCAN of ${scanned.join(', ')}\n${JSON.stringify(plan.story, null, 1)}`
    : undefined
}

/** Explains what a scene sends and hasn't been seen yet; answers how many plans are bad. */
const explainScene = async (scene: Scene, large: Set<string>, seen: Set<string>): Promise<number> => {
  const statements = await statementsOf(scene)
  const { db, rollback } = await scene.open()
  let bad = 0
  console.log(`\n${scene.name}`)
  for (const statement of statements) {
    const key = JSON.stringify([scene.who, statement])
    if (seen.has(key)) continue
    seen.add(key)
    const { custom, generic } = await explain(db, statement)
    console.log(asLine(custom, generic, statement))
    const complaints = [custom, generic].map((plan) => complaint(plan, large)).filter(Boolean)
    for (const text of complaints) console.log(`${text}\n${statement.text}`)
    bad += complaints.length
  }
  await rollback()
  return bad
}

/** `npm run bench -- plans`: answers the exit code, 1 when any plan reads a large table from one end to the other or takes for ever. */
export const runPlans = async (quick: boolean): Promise<number> => {
  const database = await openBenchDatabase(quick ? SMALL : FULL)
  try {
    const large = await largeTables(database.urls.owner)
    const seen = new Set<string>()
    let bad = 0
    console.log(`${'ms'.padStart(8)} ${'generic'.padStart(8)} ${'blocks'.padStart(7)}  statement`)
    for (const scene of scenes(await findCast(database.urls.owner)))
      bad += await explainScene(scene, large, seen)
    console.log(
      `\n${seen.size} statements, ${bad} bad plans (sequential scan of more than ${MANY} rows, or more than 5 s)`,
    )
    return bad === 0 ? 0 : 1
  } finally {
    await database.close()
  }
}
