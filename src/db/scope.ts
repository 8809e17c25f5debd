import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import { type Client, gather, pool, type Surface, statementName } from '#src/db/connect.ts'
import type { DB } from '#src/db/schema.gen.ts'
import { type Tenancy, tenancy } from '#src/db/tenancy.ts'
import { can, type Staff, ticketScope, type Viewer } from '#src/viewer.ts'

/** The handle that features receive: every statement of it runs in the scope's transaction and names its tenant. */
export class Db extends Kysely<DB> {
  readonly tenant: string
  constructor(connection: DatabaseConnection, scope?: Tenancy) {
    const provider = { provideConnection: <T>(use: (c: DatabaseConnection) => Promise<T>) => use(connection) }
    const plugins = scope ? [tenancy(scope)] : []
    const executor = new DefaultQueryExecutor(compiler, adapter, provider, plugins)
    super({ config: { dialect }, dialect, driver, executor })
    this.tenant = scope?.tenant ?? ''
  }
}

const compiler = new PostgresQueryCompiler()
const adapter = new PostgresAdapter()
const dialect = new PostgresDialect({
  pool: async () => Promise.reject(new Error('a Db brings its own connection')),
})
const driver = dialect.createDriver()

type Watch = (sql: string, scoped: boolean, values: readonly unknown[]) => void
let watch: Watch | undefined
/** Tests and the bench look at each statement that is sent. */
export const watchStatements = (watcher: Watch | undefined) => {
  watch = watcher
}

class PooledConnection implements DatabaseConnection {
  readonly #client: Client
  readonly #scoped: boolean
  readonly #isOver: () => boolean
  constructor(client: Client, scoped: boolean, isOver: () => boolean) {
    this.#client = client
    this.#scoped = scoped
    this.#isOver = isOver
  }
  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    // the connection may be somebody else's by now, in a scope of hers
    if (this.#isOver()) throw new Error('The transaction of this handle is over')
    watch?.(sql, this.#scoped, parameters)
    gather(this.#client)
    const result = await this.#client.query({ name: statementName(sql), text: sql, values: [...parameters] })
    return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
  }
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    yield* []
    throw new Error('read in pages: a stream would hold the transaction open')
  }
}

export type Transaction = { db: Db; commit(): Promise<void>; rollback(): Promise<void> }

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const setting = (name: string, value: string) => {
  // the values go into the statement as they are, so nothing but a UUID or a word may pass
  if (!uuid.test(value) && !/^[a-z]+$/.test(value))
    throw new Error(`app.${name} can't be ${JSON.stringify(value)}`)
  return `set local app.${name} = '${value}';`
}

/** Takes a connection of the surface's role and begins: settings and `begin` travel together, in one round trip. */
const open = async (surface: Surface, opening: string, scope?: Tenancy): Promise<Transaction> => {
  const client = await pool(surface).connect()
  gather(client)
  const begun = client.query(opening)
  begun.catch(() => {})
  let over = false
  const end = async (statement: 'commit' | 'rollback') => {
    if (over) return
    over = true
    try {
      const [, result] = await Promise.all([begun, client.query(statement)])
      if (statement === 'commit' && result.command !== 'COMMIT')
        throw new Error('The transaction had failed and was rolled back')
      client.release(client.getTransactionStatus?.() !== 'I')
    } catch (error) {
      client.release(true)
      if (statement === 'commit') throw error
    }
  }
  return {
    db: new Db(new PooledConnection(client, scope !== undefined, () => over), scope),
    commit: () => end('commit'),
    rollback: () => end('rollback'),
  }
}

/**
 * Begins the transaction that a request runs in, with the viewer's scope. The caller ends it. `preview`: the same reads, as
 * the role that can't write.
 */
export const begin = (viewer: Viewer, mode: 'read' | 'write' | 'preview'): Promise<Transaction> =>
  open(
    mode === 'preview' ? 'preview' : 'portal',
    `begin${mode === 'write' ? '' : ' read only'};` +
      setting('tenant', viewer.tenantId) +
      setting('company', viewer.companyId) +
      setting('contact', viewer.contactId) +
      setting('tickets', ticketScope(viewer)) +
      setting('people', can(viewer, 'people:manage') ? 'manage' : 'none'),
    { tenant: viewer.tenantId, company: viewer.companyId },
  )

/** The same for staff: everything of their tenant that the surface's role is granted. */
export const beginStaff = (
  staff: Pick<Staff, 'tenantId' | 'staffId'>,
  mode: 'read' | 'write',
): Promise<Transaction> =>
  open(
    'staff',
    `begin${mode === 'read' ? ' read only' : ''};` +
      setting('tenant', staff.tenantId) +
      setting('staff', staff.staffId),
    { tenant: staff.tenantId },
  )

const ended = async <T>(transaction: Transaction, work: (db: Db) => Promise<T>): Promise<T> => {
  try {
    const result = await work(transaction.db)
    await transaction.commit()
    return result
  } catch (error) {
    await transaction.rollback()
    throw error
  }
}

/** Runs `work` as the viewer: committed when it returns, rolled back when it throws. */
export const scoped = async <T>(
  viewer: Viewer,
  mode: 'read' | 'write',
  work: (db: Db) => Promise<T>,
): Promise<T> => ended(await begin(viewer, mode), work)

/** Runs `work` as somebody of the MSP. */
export const scopedStaff = async <T>(
  staff: Pick<Staff, 'tenantId' | 'staffId'>,
  mode: 'read' | 'write',
  work: (db: Db) => Promise<T>,
): Promise<T> => ended(await beginStaff(staff, mode), work)

/**
 * Runs `work` as the system role, which sees every tenant: sign-in, token look-up, jobs, imports. The reason goes into
 * the database's own activity view. With a tenant, each statement is confined to it by the tenancy plugin.
 */
export const asSystem = async <T>(
  reason: string,
  work: (db: Db) => Promise<T>,
  tenant?: string,
): Promise<T> =>
  ended(
    await open(
      'system',
      `begin; set local application_name = '${reason.replace(/[^a-z0-9 :-]/gi, '')}'`,
      tenant ? { tenant } : undefined,
    ),
    work,
  )

/** One statement as the system role, outside a transaction: the session look-up of each request. */
export const systemQuery = async <R extends object>(text: string, values: unknown[]): Promise<R[]> => {
  watch?.(text, false, values)
  const result = await pool('system').query<R>({ name: statementName(text), text, values })
  return result.rows
}
