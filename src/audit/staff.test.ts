import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, test } from 'vitest'
import { csvField } from '#src/audit/export.ts'
import { currentUrls } from '#src/db/connect.ts'
import { watchStatements } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { linkWith, wordsOf } from '#test/pages.ts'
import { asStaff, type World, world } from '#test/world.ts'

const ROWS = Number(process.env.AUDIT_ROWS ?? 20_000)

let w: World
let admin: Awaited<ReturnType<typeof asStaff>>
const renamed = uuidv7()

type Given = {
  id?: string
  tenant?: string
  actor?: string
  action?: string
  data?: object
  company?: string
}
const add = (given: Given & { object?: { kind: string; id: string } }) =>
  asOwner(
    `insert into audit_event (tenant_id, id, actor_kind, actor_id, actor_name, action, company_id, object_kind, object_id, ip, data)
      values ($1, $2, 'staff', $3, $4, $5, $6, $7, $8, '203.0.113.7', $9)`,
    [
      given.tenant ?? w.quayline,
      given.id ?? uuidv7(),
      w.staff.administrator.id,
      given.actor ?? 'administratorStaff',
      given.action ?? 'company.renamed',
      given.company ?? null,
      given.object?.kind ?? null,
      given.object?.id ?? null,
      JSON.stringify(given.data ?? {}),
    ],
  )

beforeAll(async () => {
  w = await world()
  admin = await asStaff(w.staff.administrator)
  await asOwner(
    `insert into audit_event (tenant_id, id, at, actor_kind, actor_id, actor_name, action, company_id, object_kind, object_id, data)
      select $1, gen_random_uuid(), now() - interval '1 day' - n * interval '1 minute', 'contact', $2, 'Person ' || n % 97, 'filler.' || n % 40, $3, 'role',
        gen_random_uuid(), jsonb_build_object('n', n) from generate_series(1, $4) n`,
    [w.quayline, w.alice.id, w.acme, ROWS],
  )
  await add({
    id: renamed,
    company: w.bolt,
    object: { kind: 'company', id: w.bolt },
    data: { before: { name: 'Bölt' }, after: { name: '<b>Bolt' } },
  })
  await add({ tenant: w.harbor, actor: 'HARBOR-ACTOR', data: { note: 'HARBOR-NOTE' } })
  await asOwner('analyze audit_event')
})

describe('the audit log', () => {
  test('opens to who may read it, and to nobody else', async () => {
    expect((await admin.get(paths.staff.audit())).status).toBe(200)
    for (const path of [
      paths.staff.audit(),
      paths.staff.auditEvent(renamed),
      paths.staff.auditExport({ format: 'csv' }),
    ])
      for (const role of ['viewer', 'technician', 'manager'] as const)
        expect((await (await asStaff(w.staff[role])).get(path)).status).toBe(403)
  })

  test('shows its newest rows with names, and nothing of another tenant', async () => {
    const page = await admin.get(paths.staff.audit())
    const words = wordsOf(page)
    expect(words).toContain('Renamed a company')
    expect(words).toContain('Bolt')
    expect(words).toContain('Not sealed yet')
    expect(page.text).not.toContain('HARBOR')
    const [foreign] = await asOwner<{ id: string }>('select id from audit_event where tenant_id = $1', [
      w.harbor,
    ])
    expect((await admin.get(paths.staff.auditEvent(foreign?.id ?? ''))).status).toBe(404)
    expect((await admin.get(paths.staff.auditEvent(uuidv7()))).status).toBe(404)
  })

  test('tells a row with what was before and is now', async () => {
    const page = await admin.get(paths.staff.auditEvent(renamed))
    const words = wordsOf(page)
    for (const text of ['Bölt', '<b>Bolt', '203.0.113.7', 'company.renamed', 'administratorStaff'])
      expect(words).toContain(text)
    expect(page.text).toContain('&lt;b&gt;Bolt')
  })

  test('turns pages without leaving out or repeating a row', async () => {
    const seen: string[] = []
    const rowsOf = (text: string) =>
      [...text.matchAll(/href="\/staff\/audit\/([0-9a-f-]{36})"/g)].map(([, id = '']) => id)
    let at: string | undefined = paths.staff.audit({ action: 'filler.7' })
    let last = ''
    for (let page = 0; at && page < 4; page++) {
      const answer = await admin.get(at)
      seen.push(...rowsOf(answer.text))
      last = at
      at = linkWith(answer, 'rel="next"')
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(200)
    const back = linkWith(await admin.get(last), 'rel="prev"')
    expect(rowsOf((await admin.get(back ?? '')).text)).toEqual(seen.slice(100, 150))
  })

  test('is narrowed by actor, action, company, object, day and text; nonsense narrows nothing', async () => {
    const words = async (filter: Record<string, string>) =>
      wordsOf(await admin.get(paths.staff.audit(filter)))
    const today = new Date().toISOString().slice(0, 10)
    const fitting: Record<string, string>[] = [
      { actor: w.staff.administrator.id },
      { action: 'company.renamed' },
      { company: w.bolt },
      { object: w.bolt },
      { q: 'bÖLT' },
      { q: 'renamed a COMP' },
      { q: '203.0.113.7' },
      { q: 'administratorstaff', company: w.bolt, from: '2020-01-01' },
    ]
    for (const filter of fitting) {
      const found = await words(filter)
      expect(found).toContain('Renamed a company')
      expect(found).not.toContain('Person 1')
    }
    expect(await words({ to: '2020-01-01' })).toContain('Nothing fits')
    expect(await words({ from: today, action: 'filler.1' })).toContain('Nothing fits')
    expect(await words({ q: '%' })).toContain('Nothing fits')
    expect(await words({ actor: 'x', from: '0000-99-99', after: '1', q: '' })).toContain('Person 1')
    expect(await words({ company: w.acmeAtHarbor })).toContain('Nothing fits')
  })
})

describe('its export', () => {
  test('holds the rows that the filter leaves, all of them', async () => {
    const all = await admin.get(paths.staff.auditExport({ format: 'jsonl' }))
    const lines = all.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toHaveLength(ROWS + 1)
    expect(new Set(lines.map(({ id }) => id)).size).toBe(ROWS + 1)
    expect(lines[0]).toMatchObject({ id: renamed, object: 'Bolt', company: 'Bolt', sequence: null })
    expect(all.text).not.toContain('HARBOR')
    expect(all.headers.get('content-disposition')).toMatch(/attachment; filename="audit-.*\.jsonl"/)
  })

  test('gives spreadsheets no formula', async () => {
    const names = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      'plain, "quoted"',
      '=HYPERLINK("http://x")',
    ]
    for (const actor of names) await add({ actor, action: 'formula.tried' })
    const answer = await admin.get(paths.staff.auditExport({ format: 'csv', action: 'formula.tried' }))
    const rows = answer.text.replace('\ufeff', '').trimEnd().split('\r\n')
    expect(rows[0]).toMatch(/^at,actor_kind,actor,/)
    expect(rows).toHaveLength(names.length + 1)
    for (const row of rows.slice(1)) expect(row.split(',')[2]).toMatch(/^("?'|"plain)/)
    expect(csvField('=HYPERLINK("http://x")')).toBe(`"'=HYPERLINK(""http://x"")"`)
    expect(csvField('plain, "quoted"')).toBe('"plain, ""quoted"""')
    expect([csvField(null), csvField(3), csvField('-3'), csvField({ a: 1 })]).toEqual([
      '',
      '3',
      `'-3`,
      '"{""a"":1}"',
    ])
  })
})

test('no filter reads the log from one end to the other', async () => {
  const sent: { text: string; values: readonly unknown[] }[] = []
  watchStatements((text, scope, values) => {
    if (scope && text.includes('"audit_event" as "event"')) sent.push({ text, values })
  })
  for (const filter of [
    {},
    { actor: w.staff.administrator.id },
    { action: 'company.renamed' },
    { company: w.bolt },
    { object: w.bolt },
    { from: '2020-01-01', to: '2035-01-01' },
    { q: 'nothing like it' },
    { after: `${Date.now() - 86_400_000 * 5}.${uuidv7()}` },
  ])
    await admin.get(paths.staff.audit(filter))
  watchStatements(undefined)
  expect(sent).toHaveLength(8)
  const client = new pg.Client({ connectionString: currentUrls().staff })
  await client.connect()
  await client.query(
    `begin; set local app.tenant = '${w.quayline}'; set local app.staff = '${w.staff.administrator.id}'`,
  )
  for (const { text, values } of sent) {
    const { rows } = await client.query(`explain (analyze, format json) ${text}`, [...values])
    const plan = JSON.stringify(rows[0]['QUERY PLAN'])
    expect(plan).not.toMatch(/"Node Type":"Seq Scan"[^}]*"Relation Name":"audit_event"/)
    if (process.env.AUDIT_ROWS)
      process.stdout.write(`${rows[0]['QUERY PLAN'][0]['Execution Time']} ms  ${JSON.stringify(values)}\n`)
  }
  await client.end()
})
