import { beforeAll, describe, expect, test } from 'vitest'
import { scoped, watchStatements } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { unnamed } from '#test/doors/statements.ts'
import { readAll, viewerOf, withoutPlugin, withoutPolicies } from '#test/doors/walls.ts'
import { andSolve } from '#test/pages.ts'
import { as, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

/** What must never reach somebody at Acme, whatever her role: texts, names and ids of others, internal notes. */
const foreign = () => [
  ...['BOLT', 'HARBOR', 'SECRET-INTERNAL-NOTE', 'Bob', 'Zoe', 'internal-'],
  ...[
    w.tickets.bobs.id,
    w.tickets.zoes.id,
    w.tickets.bobs.file,
    w.tickets.zoes.file,
    w.bob.id,
    w.zoe.id,
    w.bolt,
    w.harbor,
  ],
]
const leaks = (text: string) => foreign().filter((word) => text.includes(word))

describe('two walls', () => {
  test('row-level security holds without the queries', async () => {
    const alice = viewerOf(w.alice, 'user')
    const own = await withoutPlugin(alice, (db) => readAll(db, alice, w))
    expect(own).toContain('ALICE-PUBLIC')
    expect([
      ...leaks(own),
      ...['AMIR-PUBLIC', 'AMIR-CONFIDENTIAL'].filter((word) => own.includes(word)),
    ]).toEqual([])

    const approver = viewerOf(w.roles.approver, 'approver')
    const company = await withoutPlugin(approver, (db) => readAll(db, approver, w))
    expect(company).toContain('AMIR-PUBLIC')
    expect([...leaks(company), ...['AMIR-CONFIDENTIAL'].filter((word) => company.includes(word))]).toEqual([])

    const admin = viewerOf(w.roles.admin, 'admin')
    const all = await withoutPlugin(admin, (db) => readAll(db, admin, w))
    expect(all).toContain('AMIR-CONFIDENTIAL')
    expect(leaks(all)).toEqual([])
  })

  test('the queries hold without row-level security', async () => {
    const admin = viewerOf(w.roles.admin, 'admin')
    const all = await withoutPolicies(admin, true, (db) => readAll(db, admin, w))
    expect(all).toContain('AMIR-CONFIDENTIAL')
    expect(leaks(all)).toEqual([])
  })

  test('with neither of them everything would be open', async () => {
    const admin = viewerOf(w.roles.admin, 'admin')
    const all = await withoutPolicies(admin, false, (db) => readAll(db, admin, w))
    for (const word of ['BOLT-CANARY', 'HARBOR-CANARY', 'Bob', 'Zoe', w.tickets.zoes.id])
      expect(all).toContain(word)
  })
})

describe('each statement of a scope', () => {
  test('names the tenant of every table in it', async () => {
    const sent = new Set<string>()
    watchStatements((sql, scope) => {
      if (scope) sent.add(sql)
    })
    const admin = await as(w.roles.admin)
    const ticket = paths.ticket(w.tickets.amirs.id)
    await admin.get(paths.home())
    await admin.get(
      paths.tickets({
        q: 'printer',
        whose: 'mine',
        tab: 'all',
        sort: 'oldest',
        from: '2020-01-01',
        to: '2040-01-01',
      }),
    )
    await admin.get(paths.newTicket())
    await admin.get(ticket)
    await admin.get(paths.attachment(w.tickets.alices.file))
    const made = await admin.post(paths.tickets(), {
      subject: 'S',
      body: 'B',
      files: new File(['x'], 'x.txt'),
      once: crypto.randomUUID(),
    })
    expect(made.status).toBe(303)
    for (const [path, fields] of [
      [paths.ticketParticipants(w.tickets.amirs.id), { contact: w.alice.id }],
      [paths.ticketReplies(w.tickets.amirs.id), { body: 'B', ...andSolve }],
      [paths.ticketReopening(w.tickets.amirs.id), {}],
      [paths.ticketClosure(w.tickets.amirs.id), {}],
      [paths.ticketReading(w.tickets.amirs.id), {}],
    ] as const)
      expect([path, (await admin.post(path, fields)).status < 400]).toEqual([path, true])
    watchStatements(undefined)

    const statements = [...sent]
    expect(statements.length).toBeGreaterThan(30)
    expect(statements.filter((sql) => unnamed(sql).length > 0)).toEqual([])
    // they only name tables that are looked at here, so that the check can't pass by not understanding a statement
    expect(statements.filter((sql) => !/\b(from|into|update)\b/i.test(sql))).toEqual([
      'select enqueue($1, $2, $3, $4, $5)',
      'select pg_notify($1, $2)',
    ])
  })

  test('and a statement that does not is found', () => {
    expect(unnamed('select * from "ticket"')).toEqual(['ticket'])
    expect(
      unnamed(
        'select * from "ticket" as "t" inner join "contact" as "c" on "c"."id" = "t"."x" where "t"."tenant_id" = $1',
      ),
    ).toEqual(['c'])
    expect(unnamed('insert into "ticket" ("id", "company_id") values ($1, $2)')).toEqual(['ticket'])
    expect(unnamed('update "ticket" set "tenant_id" = $1')).toEqual(['ticket'])
  })

  test('and an insert may not name it itself', async () => {
    const values = { ticket_id: w.tickets.alices.id, contact_id: w.alice.id, tenant_id: w.harbor }
    const alice = viewerOf(w.alice, 'user')
    const inserting = scoped(alice, 'write', (db) => db.insertInto('ticket_read').values(values).execute())
    await expect(inserting).rejects.toThrow('the scope names tenant and company')
  })
})
