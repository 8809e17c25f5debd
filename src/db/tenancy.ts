import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  type DeleteQueryNode,
  IdentifierNode,
  type InsertQueryNode,
  type JoinNode,
  type KyselyPlugin,
  OnNode,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  PrimitiveValueListNode,
  type QueryId,
  ReferenceNode,
  type SelectQueryNode,
  TableNode,
  type UpdateQueryNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  WhereNode,
} from 'kysely'
import { COMPANY_TABLES, TENANT_TABLES } from '#src/db/schema.gen.ts'

export type Tenancy = { tenant: string; company?: string | undefined }
type Target = { table: string; alias: string }

/** The table that a from, into, using or join clause names, and the name it goes by in the query. */
const targetsOf = (node: OperationNode | undefined): Target[] => {
  if (!node) return []
  if (TableNode.is(node)) return [{ table: node.table.identifier.name, alias: node.table.identifier.name }]
  if (AliasNode.is(node) && TableNode.is(node.node) && IdentifierNode.is(node.alias))
    return [{ table: node.node.table.identifier.name, alias: node.alias.name }]
  return []
}

const equals = (alias: string, column: string, value: string) =>
  BinaryOperationNode.create(
    ReferenceNode.create(ColumnNode.create(column), TableNode.create(alias)),
    OperatorNode.create('='),
    ValueNode.create(value),
  )

/** What the scope fixes in a table, column by column. */
const fixed = (table: string, scope: Tenancy): [column: string, value: string][] => {
  const columns: [string, string][] = TENANT_TABLES.has(table) ? [['tenant_id', scope.tenant]] : []
  if (scope.company && COMPANY_TABLES.has(table)) columns.push(['company_id', scope.company])
  if (scope.company && table === 'company') columns.push(['id', scope.company])
  return columns
}

const and = (start: OperationNode | undefined, extra: OperationNode[]) =>
  extra.reduce<OperationNode | undefined>(
    (left, right) => (left ? AndNode.create(left, right) : right),
    start,
  )

const extended = (values: OperationNode | undefined, added: string[]) => {
  if (!values || !ValuesNode.is(values))
    throw new Error('An insert from a select must name its tenant itself')
  return ValuesNode.create(
    values.values.map((row) =>
      PrimitiveValueListNode.is(row)
        ? PrimitiveValueListNode.create([...row.values, ...added])
        : ValueListNode.create([...row.values, ...added.map((value) => ValueNode.create(value))]),
    ),
  )
}

class TenancyTransformer extends OperationNodeTransformer {
  scope: Tenancy = { tenant: '' }

  #conditions(nodes: readonly (OperationNode | undefined)[]) {
    return nodes
      .flatMap(targetsOf)
      .flatMap(({ table, alias }) =>
        fixed(table, this.scope).map(([column, value]) => equals(alias, column, value)),
      )
  }

  #narrowed<T extends { where?: WhereNode }>(query: T, nodes: readonly (OperationNode | undefined)[]): T {
    const where = and(query.where?.where, this.#conditions(nodes))
    return where ? { ...query, where: WhereNode.create(where) } : query
  }

  protected override transformSelectQuery(node: SelectQueryNode, id?: QueryId) {
    return this.#narrowed(super.transformSelectQuery(node, id), node.from?.froms ?? [])
  }
  protected override transformUpdateQuery(node: UpdateQueryNode, id?: QueryId) {
    return this.#narrowed(super.transformUpdateQuery(node, id), [node.table, ...(node.from?.froms ?? [])])
  }
  protected override transformDeleteQuery(node: DeleteQueryNode, id?: QueryId) {
    return this.#narrowed(super.transformDeleteQuery(node, id), [
      ...node.from.froms,
      ...(node.using?.tables ?? []),
    ])
  }
  protected override transformJoin(node: JoinNode, id?: QueryId): JoinNode {
    const join = super.transformJoin(node, id)
    const on = and(join.on?.on, this.#conditions([join.table]))
    return on ? { ...join, on: OnNode.create(on) } : join
  }
  protected override transformInsertQuery(node: InsertQueryNode, id?: QueryId): InsertQueryNode {
    const insert = super.transformInsertQuery(node, id)
    const table = targetsOf(insert.into)[0]?.table ?? ''
    const set = fixed(table, this.scope).filter(([column]) => column !== 'id')
    const columns = insert.columns ?? []
    if (set.some(([name]) => columns.some((column) => column.column.name === name)))
      throw new Error(`${table}: the scope names tenant and company, not the caller`)
    if (set.length === 0) return insert
    return {
      ...insert,
      columns: [...columns, ...set.map(([column]) => ColumnNode.create(column))],
      values: extended(
        insert.values,
        set.map(([, value]) => value),
      ),
    }
  }
}

// A transformation is synchronous and making a transformer is not cheap: one serves every query of the process.
const transformer = new TenancyTransformer()

/**
 * Adds the scope's tenant (and a contact's company) to each table of every select, update, delete and join, and to every
 * insert. One wall, in the queries; row-level security is the other. No request can choose either.
 */
export const tenancy = (scope: Tenancy): KyselyPlugin => ({
  transformQuery: (args: PluginTransformQueryArgs) => {
    transformer.scope = scope
    return transformer.transformNode(args.node, args.queryId)
  },
  transformResult: async (args: PluginTransformResultArgs) => args.result,
})
