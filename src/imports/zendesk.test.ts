import { beforeAll, expect, test } from 'vitest'
import { reportLines } from '#src/imports/report.ts'
import { importAll, newTenant, rowCounts } from '#src/imports/test-ground.ts'
import { asOwner, freshDatabase } from '#test/database.ts'
import { describeWithSamples, sample } from '#test/samples.ts'

const EXPORT = ['organization', 'user', 'ticket', 'ticket_comment'].map((name) =>
  sample(`fivetran-dbt_zendesk/${name}_data.csv`),
)

describeWithSamples('a real export of Zendesk', () => {
  beforeAll(() => freshDatabase())

  test('organizations, users, tickets and comments arrive; what the export lacks is said', async () => {
    const tenant = await newTenant('zendesk')
    const report = await importAll(tenant, EXPORT, { source: 'zendesk' })
    process.stdout.write(`\n${reportLines(report).join('\n')}\n`)
    expect(report.errors).toEqual([])
    const added = Object.fromEntries(
      Object.entries(report.counts).map(([kind, count]) => [kind, count.added]),
    )
    expect(added).toEqual({ companies: 10, staff: 1, contacts: 9, tickets: 8, messages: 28 })
    expect(report.notes.map((note) => [note.count, note.message])).toEqual(
      expect.arrayContaining([
        [2, 'ticket is deleted in its source: left out'],
        [7, 'requester in no file: a stand-in without access was added'],
        [7, 'ticket in no file: a confidential, closed stand-in was added'],
        [8, 'description became the first message: internal'],
      ]),
    )
    // all twenty comments are marked public; a ticket's description says nothing about it
    const messages = await asOwner(
      'select internal, count(*)::int from ticket_message where tenant_id = $1 group by 1 order by 1',
      [tenant],
    )
    expect(messages).toEqual([
      { internal: false, count: 20 },
      { internal: true, count: 8 },
    ])
    expect(
      await asOwner('select 1 from contact where tenant_id = $1 and role_id is not null', [tenant]),
    ).toEqual([])
    const [known] = await asOwner(
      `select t.subject, t.status, t.priority, c.name as requester, s.name as assignee, o.external_id as company
        from ticket t join contact c on c.id = t.requester_id join company o on o.id = t.company_id
          left join staff_member s on s.id = t.assignee_id where t.tenant_id = $1 and t.number = 11071`,
      [tenant],
    )
    expect(known).toEqual({
      ...{ subject: 'subject1', status: 'closed', priority: 'urgent', requester: 'Earnest End User' },
      ...{ assignee: 'Arthur Agent', company: '370297696174' },
    })

    const before = await rowCounts(tenant)
    const again = await importAll(tenant, EXPORT, { source: 'zendesk' })
    expect(Object.values(again.counts).every((count) => count.added === 0 && count.changed === 0)).toBe(true)
    expect(await rowCounts(tenant)).toEqual(before)
  })
})
