import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { asPortal, copyInto, grantedColumns, type Row } from '#test/doors/direct.ts'
import { viewerOf } from '#test/doors/walls.ts'
import { andSolve } from '#test/pages.ts'
import { as, type Person, type World, world } from '#test/world.ts'

/** Refused by a policy or a missing grant, or by a foreign key: never done. */
const REFUSED = ['42501', '23503']

let w: World
let inserts: Map<string, string[]>
let updates: Map<string, string[]>
beforeAll(async () => {
  w = await world()
  for (const [who, ticket] of [
    [w.alice, w.tickets.alices],
    [w.bob, w.tickets.bobs],
    [w.zoe, w.tickets.zoes],
  ] as const) {
    const reply = { body: 'A row in each table', once: uuidv7(), ...andSolve }
    expect((await (await as(who)).post(paths.ticketReplies(ticket.id), reply)).status).toBe(303)
    await asOwner(
      `insert into profile_change (tenant_id, id, company_id, contact_id, name, email, name_before, email_before, state)
        values ($1, $2, $3, $4, 'a', 'a@a.example', 'b', 'b@b.example', 'approved')`,
      [who.tenant, uuidv7(), who.company, who.id],
    )
    await asOwner(
      `insert into audit_event (tenant_id, id, company_id, actor_kind, actor_id, actor_name, action) values ($1, $2, $3, 'contact', $4, 'x', 'x')`,
      [who.tenant, uuidv7(), who.company, who.id],
    )
  }
  inserts = await grantedColumns('insert')
  updates = await grantedColumns('update')
})

/** Picks a person's rows of a table, by the narrowest column it has. */
const whose = (table: string, who: Person) => {
  if (table === 'contact') return `tenant_id = '${who.tenant}' and id = '${who.id}'`
  if (table === 'session') return `tenant_id = '${who.tenant}' and contact_id = '${who.id}'`
  const columns = inserts.get(table) ?? []
  const person = ['author_contact_id', 'actor_contact_id', 'actor_id', 'contact_id'].find((name) =>
    columns.includes(name),
  )
  const conditions = [`tenant_id = '${who.tenant}'`, person ? `${person} = '${who.id}'` : 'true']
  if (columns.includes('visible_to')) conditions.push(`'${who.id}' = any (visible_to)`)
  return conditions.join(' and ')
}

const rowOf = async (table: string, who: Person): Promise<Row> => {
  const [row] = await asOwner<Row>(`select * from ${table} where ${whose(table, who)} limit 1`)
  if (!row) throw new Error(`no row of ${who.name}'s in ${table}`)
  return row
}

/** A counter is the tenant's: the other company uses the same. */
const shared = (table: string, who: Person) => table === 'counter' && who === w.bob

describe('SQL of the portal in one scope, with the ids of another', () => {
  test('its own rows it may write, so that what follows is not refused for another reason', async () => {
    const alice = viewerOf(w.alice, 'user')
    expect([...inserts.keys()]).toEqual([
      'attachment',
      'audit_event',
      'contact',
      'counter',
      'idempotency',
      'profile_change',
      'ticket',
      'ticket_event',
      'ticket_message',
      'ticket_participant',
      'ticket_read',
    ])
    for (const [table, columns] of inserts) {
      const row = await rowOf(table, w.alice)
      const other =
        table === 'ticket_participant'
          ? { ...row, contact_id: w.amir.id }
          : table === 'ticket_read'
            ? { ...row, ticket_id: w.tickets.amirs.id }
            : row
      // people come in only by who manages them
      const may = table === 'contact' ? viewerOf(w.alice, 'admin') : alice
      expect([table, await copyInto(may, table, columns, other)]).toEqual([table, 1])
    }
  })

  test.each(['bob', 'zoe'] as const)('a whole row of %s is refused', async (name) => {
    const alice = viewerOf(w.alice, 'admin')
    for (const [table, columns] of inserts) {
      if (shared(table, w[name])) continue
      const answer = await copyInto(alice, table, columns, await rowOf(table, w[name]))
      expect([table, answer]).toEqual([table, '42501'])
    }
  })

  test.each(['bob', 'zoe'] as const)('nor does a row of her own point at what %s has', async (name) => {
    const alice = viewerOf(w.alice, 'admin')
    let tried = 0
    for (const [table, columns] of inserts) {
      const [mine, theirs] = [await rowOf(table, w.alice), await rowOf(table, w[name])]
      for (const column of [
        'tenant_id',
        'company_id',
        'ticket_id',
        'message_id',
        'contact_id',
        'requester_id',
        'author_contact_id',
        'actor_id',
        'actor_contact_id',
      ]) {
        if (!columns.includes(column) || mine[column] === theirs[column] || theirs[column] === null) continue
        tried += 1
        const answer = await copyInto(alice, table, columns, { ...mine, [column]: theirs[column] })
        expect([table, column, REFUSED.includes(String(answer)), answer]).toEqual([
          table,
          column,
          true,
          answer,
        ])
      }
    }
    expect(tried).toBeGreaterThanOrEqual(20)
  })

  test('nothing of theirs is changed or removed', async () => {
    const alice = viewerOf(w.alice, 'admin')
    for (const who of [w.bob, w.zoe]) {
      for (const [table, columns] of updates)
        for (const column of shared(table, who) ? [] : columns) {
          const answer = await asPortal(
            alice,
            `update ${table} set ${column} = ${column} where ${whose(table, who)}`,
          )
          expect([table, column, answer]).toEqual([table, column, 0])
        }
      // no role of the portal may remove a row at all
      expect(await asPortal(alice, `delete from ticket_participant where contact_id = '${who.id}'`)).toBe(
        '42501',
      )
    }
    expect(
      await asPortal(alice, `update ticket set excerpt = excerpt where ${whose('ticket', w.alice)}`),
    ).toBe(1)
  })

  test('access is changed by who manages people, and never her own', async () => {
    const [user, admin] = [viewerOf(w.alice, 'user'), viewerOf(w.alice, 'admin')]
    const change = (who: Person) => `update contact set role_id = null where id = '${who.id}'`
    expect(await asPortal(user, change(w.amir))).toBe(0)
    expect(await asPortal(admin, change(w.amir))).toBe(1)
    for (const viewer of [user, admin]) expect(await asPortal(viewer, change(w.alice))).toBe('42501')
    expect(await asPortal(user, `update contact set title = 'CTO' where id = '${w.alice.id}'`)).toBe(1)
    expect(await asPortal(user, 'select id from session')).toBe(0)
    expect(await asPortal(user, 'update session set ended_at = now()')).toBe(0)
    expect(
      await copyInto(user, 'contact', inserts.get('contact') ?? [], await rowOf('contact', w.amir)),
    ).toBe('42501')
  })

  test('nor is an internal note or its file there, for anybody', async () => {
    const admin = viewerOf(w.roles.admin, 'admin')
    expect(await asPortal(admin, 'select id from ticket_message')).toBeGreaterThan(2)
    for (const table of ['ticket_message', 'attachment']) {
      expect([table, await asPortal(admin, `select id from ${table} where internal`)]).toEqual([table, 0])
      expect([
        table,
        await asPortal(admin, `update ${table} set visible_to = visible_to where internal`),
      ]).toEqual([table, 0])
      const [note] = await asOwner<Row>(`select * from ${table} where internal and company_id = $1 limit 1`, [
        w.acme,
      ])
      const columns = inserts.get(table) ?? []
      expect([table, await copyInto(admin, table, columns, { ...note, author_contact_id: null })]).toEqual([
        table,
        '42501',
      ])
    }
  })

  test('and what the role was not given it can not do at all', async () => {
    const alice = viewerOf(w.alice, 'admin')
    for (const statement of [
      `update ticket set tenant_id = '${w.harbor}'`,
      `update ticket set company_id = '${w.bolt}'`,
      `update ticket set requester_id = '${w.amir.id}'`,
      `update ticket_message set body = 'rewritten'`,
      `update ticket_message set internal = false`,
      'delete from ticket',
      'delete from ticket_message',
      'delete from audit_event',
      `update audit_event set action = 'nothing'`,
      'select * from audit_event',
      'select * from session',
      'select * from login_link',
      'select * from role',
      'select locale from contact',
      'select external_id from contact',
      'truncate ticket',
      'create table mine (id int)',
      'drop table ticket',
      'alter table ticket disable row level security',
      'set role cp_system',
      'select * from graphile_worker._private_jobs',
      `select graphile_worker.add_job('mail:send')`,
    ])
      expect([statement, await asPortal(alice, statement)]).toEqual([statement, '42501'])
  })
})
