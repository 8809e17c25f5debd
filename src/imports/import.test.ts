import { beforeAll, expect, test } from 'vitest'
import { fileIn, importAll, newTenant, rowCounts, seenBy, viewerCalled } from '#src/imports/test-ground.ts'
import { asOwner, freshDatabase } from '#test/database.ts'

let file: ReturnType<typeof fileIn>
beforeAll(async () => {
  const { folder } = await freshDatabase()
  file = fileIn(`${folder}/csv`)
})

const companies = 'id,name\nA,Acme\nB,Bolt\n'
const staff = 'staff_id,name,title,email\nS1,Sam Okonkwo,Service Desk,sam@msp.example\n'
const contacts = `contact_id,company_id,first_name,last_name,email,portal_role
C1,A,Alice,Hart,alice@acme.example,User
C2,A,Amir,Boss,amir@acme.example,admin
C3,B,Bob,Bolt,bob@bolt.example,
`
const tickets = `id,number,company_id,requester_id,assignee,subject,status,priority,category,created_at,solved_at,participants
T1,4711,A,C1,S1,Printer jams,Resolved,Priority 2 - High,Printing,2026-01-05 9:00,2026-01-06 10:00,
T2,4712,A,C2,,Raise for Alice,open,,HR and people,2026-01-07 9:00,,
T3,4713,B,C3,sam@msp.example,Server down,new,urgent,,2026-01-08 9:00,,
`
const messages = `message_id,ticket_id,author_id,public,created_at,body
M1,T1,C1,true,2026-01-05 9:00,It jams again
M2,T1,S1,TRUE,2026-01-05 10:00,"<p>Cleaned the rollers.</p><p>Try now?</p>"
M3,T1,S1,false,2026-01-05 11:00,NOTE she always jams it
M4,T1,S1,,2026-01-05 12:00,NOTE nobody marked this
M5,T2,C2,yes,2026-01-07 9:00,Please raise
M6,T3,C3,1,2026-01-08 9:00,Down
`

const all = () => [
  file('messages.csv', messages),
  file('tickets.csv', tickets),
  file('contacts.csv', contacts),
  file('staff.csv', staff),
  file('companies.csv', companies),
]

test('everything arrives, in whatever order the files are named', async () => {
  const tenant = await newTenant('whole')
  const report = await importAll(tenant, all(), { strict: true })
  expect(report.errors).toEqual([])
  expect(Object.values(report.counts).map((count) => count.added)).toEqual([2, 1, 3, 3, 6])

  const alice = await seenBy(await viewerCalled(tenant, 'alice@acme.example'))
  expect(alice.tickets).toEqual([
    { number: 4711, subject: 'Printer jams', status: 'solved', excerpt: 'Cleaned the rollers. Try now?' },
  ])
  const [ticket] = await asOwner(
    `select priority, replies, excerpt_by, updated_at, status_since, s.name as assignee, cardinality(visible_to) as people
      from ticket t join staff_member s on s.id = t.assignee_id where t.tenant_id = $1 and number = 4711`,
    [tenant],
  )
  expect(ticket).toEqual({
    ...{ priority: 'high', replies: 1, excerpt_by: 'Sam Okonkwo', assignee: 'Sam Okonkwo', people: 1 },
    ...{ updated_at: new Date('2026-01-05T10:00:00Z'), status_since: new Date('2026-01-06T10:00:00Z') },
  })
  expect(await asOwner('select value from counter where tenant_id = $1', [tenant])).toEqual([{ value: 4713 }])
  const events = await asOwner('select kind, actor_name, data from ticket_event where tenant_id = $1', [
    tenant,
  ])
  expect(events).toEqual([{ kind: 'status', actor_name: 'Sam Okonkwo', data: { to: 'solved' } }])
})

test('what is not marked public stays internal, and confidential stays confidential', async () => {
  const tenant = await newTenant('internal')
  await importAll(tenant, all())
  const alice = await seenBy(await viewerCalled(tenant, 'alice@acme.example'))
  expect(alice.messages).toEqual(['It jams again', 'Cleaned the rollers.\n\nTry now?'])
  const amir = await seenBy(await viewerCalled(tenant, 'amir@acme.example'))
  expect(amir.tickets.map((ticket) => ticket.number)).toEqual([4711, 4712])
  expect(JSON.stringify(amir)).not.toContain('NOTE')

  const later = `message_id,ticket_id,author_id,public,created_at,body
M2,T1,S1,false,2026-01-05 10:00,Cleaned the rollers.`
  await importAll(tenant, [file('later/messages.csv', later)])
  const now = await seenBy(await viewerCalled(tenant, 'alice@acme.example'))
  expect(now).toMatchObject({ messages: ['It jams again'], tickets: [{ excerpt: 'It jams again' }] })
})

test('without a column that says so nothing is public', async () => {
  const tenant = await newTenant('unmarked')
  const unmarked = messages.split('\n').map((line) => line.replace(/^([^,]*,[^,]*,[^,]*),[^,]*,/, '$1,'))
  const report = await importAll(tenant, [
    ...all().slice(1),
    file('unmarked/messages.csv', unmarked.join('\n')),
  ])
  expect(report.counts.messages.added).toBe(6)
  expect(report.notes.map((note) => note.message)).toContain(
    'no column says which messages are public: all of them are internal',
  )
  expect((await seenBy(await viewerCalled(tenant, 'amir@acme.example'))).messages).toEqual([])
})

test('a second import changes nothing, a third what differs', async () => {
  const tenant = await newTenant('again')
  await importAll(tenant, all())
  const before = await rowCounts(tenant)
  const again = await importAll(tenant, all())
  expect(Object.values(again.counts)).toEqual(
    [2, 1, 3, 3, 6].map((unchanged) => ({ added: 0, changed: 0, unchanged, skipped: 0 })),
  )
  expect(await rowCounts(tenant)).toEqual(before)

  const moved = tickets.replace(
    'T1,4711,A,C1,S1,Printer jams,Resolved',
    'T1,4711,A,C2,S1,Printer jams,Closed',
  )
  const third = await importAll(tenant, [file('moved/tickets.csv', moved)])
  expect(third.counts.tickets).toEqual({ added: 0, changed: 1, unchanged: 2, skipped: 0 })
  expect((await seenBy(await viewerCalled(tenant, 'alice@acme.example'))).tickets).toEqual([])
  expect((await seenBy(await viewerCalled(tenant, 'amir@acme.example'))).messages).toContain('It jams again')
})

test('a bad row in the middle: nothing is imported, and the message says where', async () => {
  const tenant = await newTenant('bad')
  const bad = tickets.replace(
    'T2,4712,A,C2,,Raise for Alice,open,,',
    'T2,4712,A,C2,,Raise for Alice,Foo,very,',
  )
  const paths = [file('bad/tickets.csv', bad), ...all().filter((path) => !path.endsWith('tickets.csv'))]
  const before = await rowCounts(tenant)
  const report = await importAll(tenant, paths)
  expect(report.committed).toBe(false)
  expect(report.errors[0]).toMatch(
    /^tickets\.csv row 3, column "status": "Foo" is not a status \(known: new, in_progress/,
  )
  expect(report.errors[1]).toMatch(/^tickets\.csv row 3, column "priority": "very" is not a priority/)
  expect(await rowCounts(tenant)).toEqual(before)

  const skipped = await importAll(tenant, paths, { skipBadRows: true })
  expect(skipped).toMatchObject({ committed: true, errorCount: 2 })
  expect(skipped.counts.tickets).toMatchObject({ added: 2, skipped: 1 })
  expect(skipped.counts.messages).toMatchObject({ added: 5, skipped: 1 })
})

test('a dry run counts the same and writes nothing', async () => {
  const tenant = await newTenant('dry')
  const before = await rowCounts(tenant)
  const dry = await importAll(tenant, all(), { dryRun: true })
  expect(await rowCounts(tenant)).toEqual(before)
  expect(dry.committed).toBe(false)
  expect(dry.counts).toEqual((await importAll(tenant, all())).counts)
})

test('two tenants with the same ids do not touch each other', async () => {
  const [one, two] = [await newTenant('one'), await newTenant('two')]
  await importAll(one, all())
  await importAll(two, all())
  const before = await rowCounts(one)
  await importAll(two, [file('two/tickets.csv', tickets.replaceAll('Printer jams', 'TWO-ONLY'))])
  expect(await rowCounts(one)).toEqual(before)
  expect(JSON.stringify(await seenBy(await viewerCalled(one, 'amir@acme.example')))).not.toContain('TWO-ONLY')
  expect(JSON.stringify(await seenBy(await viewerCalled(two, 'amir@acme.example')))).toContain('TWO-ONLY')
})

test('cells that look like formulas are text', async () => {
  const tenant = await newTenant('formulas')
  const rows = ['=1+1', '+49 30 1234', '-x', '@SUM(A1)', "'quoted"]
  await importAll(tenant, [
    file('formulas/companies.csv', `id,name\n${rows.map((name, id) => `${id},${name}`).join('\n')}`),
  ])
  const names = await asOwner<{ name: string }>(
    'select name from company where tenant_id = $1 order by external_id',
    [tenant],
  )
  expect(names.map((row) => row.name)).toEqual(rows)
})

test('dates that could be read both ways are asked about, unless a row or the operator tells', async () => {
  const tenant = await newTenant('dates')
  const of = (...dates: string[]) =>
    `id,name,website,created\n${dates.map((date, id) => `${id},Company ${id},,${date}`).join('\n')}`
  const created = () =>
    asOwner('select created_at::date::text as day from company where tenant_id = $1 order by external_id', [
      tenant,
    ])
  const ambiguous = await importAll(tenant, [file('dates/companies.csv', of('03/04/2026', '05/06/2026'))])
  expect(ambiguous.errors).toEqual([
    'companies.csv row 2, column "created": "03/04/2026" may be day/month or month/day, and no row tells: say --date-order dmy or --date-order mdy',
  ])
  const both = await importAll(tenant, [file('dates/companies.csv', of('13/04/2026', '05/16/2026'))])
  expect(both.errors[0]).toContain(
    'row 3, column "created": "05/16/2026" has day and month the other way round',
  )
  expect(
    (await importAll(tenant, [file('dates/companies.csv', of('03/04/2026'))], { dateOrder: 'dmy' }))
      .committed,
  ).toBe(true)
  expect(await created()).toEqual([{ day: '2026-04-03' }])
})
