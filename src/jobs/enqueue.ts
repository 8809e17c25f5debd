import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'
import type { JobName, JobPayloads } from '#src/jobs/names.ts'

type Options = {
  /** A waiting job with the same key is replaced, so that there is one. */
  key?: string
  /** Not before; at once without it. */
  runAt?: Date
  /** Jobs of one queue run one after the other. Few, fixed names. */
  queue?: string
}

/** Leaves a job in the caller's transaction: it runs, at least once, if and only if that commits. */
export const enqueue = async <N extends JobName>(
  db: Db,
  name: N,
  payload: JobPayloads[N],
  options: Options = {},
) => {
  const { key = null, runAt = null, queue = null } = options
  await sql`select enqueue(${name}, ${JSON.stringify(payload)}, ${key}, ${runAt}, ${queue})`.execute(db)
}
