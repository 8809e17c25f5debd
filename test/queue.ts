import pg from 'pg'
import { currentUrls } from '#src/db/connect.ts'
import type { JobName } from '#src/jobs/names.ts'

/** What waits in the queue under a name: the payloads, oldest first. */
export const jobs = async (name: JobName): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: currentUrls().worker })
  await client.connect()
  try {
    const { rows } = await client.query<{ payload: unknown }>(
      `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = $1 order by j.id`,
      [name],
    )
    return rows.map(({ payload }) => payload)
  } finally {
    await client.end()
  }
}
