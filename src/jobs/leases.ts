import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Logger } from 'pino'

const PREFIX = 'client-portal jobs '

const NAME_IT = `select set_config('application_name', $1, false), set_config('tcp_keepalives_idle', '20', false),
  set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false)`

const ORPHANED = `select distinct locked_by as owner from graphile_worker.jobs j where locked_by is not null and not exists (
  select from pg_stat_activity a where a.datname = current_database() and a.application_name = $1 || j.locked_by)`

const GIVEN_UP = `select id, task_identifier as job from graphile_worker.jobs
  where locked_by = any ($1) and attempts >= max_attempts`

/**
 * A job belongs to the process that took it, and graphile-worker gives those of a dead process back after four hours.
 * Here the connection that listens carries its owner's name, so the server knows who is alive: what an owner left
 * behind that is missing twice in a row (a connection may break and come back) is free again.
 */
export const watchLeases = (pool: pg.Pool, events: WorkerEvents, logger: Logger, every: number) => {
  let self = ''
  events.on('pool:create', ({ workerPool }) => {
    self = workerPool.id
  })
  events.on('pool:listen:success', ({ client, workerPool }) => {
    const name = () => client.query(NAME_IT, [PREFIX + workerPool.id])
    client.once('drain', () => name().catch(() => {})) // when it breaks, the next one is named
  })
  let missing = new Set<string>()
  const look = async () => {
    const { rows } = await pool.query<{ owner: string }>(ORPHANED, [PREFIX])
    const dead = rows.map((row) => row.owner).filter((owner) => missing.has(owner))
    missing = new Set(rows.map((row) => row.owner))
    if (dead.length === 0) return
    logger.warn({ owners: dead }, 'a process died, its jobs are free again')
    await release(pool, logger, dead)
  }
  const failed = (error: Error) => logger.warn({ error: error.message }, 'could not look for orphaned jobs')
  const timer = setInterval(() => look().catch(failed), every)
  return {
    /** Frees what this process holds, for when its jobs don't end. */
    giveBack: () => release(pool, logger, [self]),
    stop: () => clearInterval(timer),
  }
}

const release = async (pool: pg.Pool, logger: Logger, owners: string[]) => {
  const { rows } = await pool.query<{ id: string; job: string }>(GIVEN_UP, [owners])
  await pool.query('select graphile_worker.force_unlock_workers($1)', [owners])
  for (const { id, job } of rows)
    logger.error(
      { alert: true, job, id, outcome: 'poison' },
      'job given up: it did not survive its last attempt',
    )
}
