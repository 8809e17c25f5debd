import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { layoutOf, normalized, recognize } from '#src/imports/headers.ts'
import { openTable } from '#src/imports/table.ts'
import { describeWithSamples, sample } from '#test/samples.ts'

const told = (headers: string[], name = 'export.csv') => {
  const layout = recognize(headers, name)
  return layout && { kind: layout.kind, fields: [...layout.columns.keys()] }
}

test('marks, remarks and spaces do not count', () => {
  expect(
    [
      'Email Address       ',
      '*InvoiceNo',
      '[required *] Contact: First Name',
      'Organization ID (updates only)',
      'portal_role',
    ].map(normalized),
  ).toEqual(['emailaddress', 'invoiceno', 'contact:firstname', 'organizationid', 'portalrole'])
})

test('a combined export names the company in one column and the person in others', () => {
  const headers = [
    '[required] Organization: Name',
    'Organization: Phone',
    '[required *] Contact: First Name',
    '[required *] Contact: Last Name',
    'Contact: Email Address',
  ]
  expect(told(headers)).toEqual({ kind: 'contacts', fields: ['company', 'firstName', 'lastName', 'email'] })
})

test('the name of a file tells only what its headers leave open', () => {
  expect(told(['id', 'name'])).toBeUndefined()
  expect(told(['id', 'name'], 'companies.csv')?.kind).toBe('companies')
  expect(told(['external_id', 'name', 'title', 'email'], 'staff.csv')?.kind).toBe('staff')
  expect(told(['ticket_id', 'subject', 'status', 'requester'], 'companies.csv')?.kind).toBe('tickets')
  expect(told(['InvoiceNo', 'Customer', 'InvoiceDate', 'ItemAmount'], 'invoices.csv')).toBeUndefined()
})

describeWithSamples('header rows of other systems', () => {
  const read = async (name: string) => {
    const table = await openTable(sample(name))
    return told(table.headers, 'export.csv')
  }

  test.each([
    ['headers/alga-psa-clients-template.csv', 'companies', ['name']],
    ['headers/itflow-clients-template.csv', 'companies', ['name']],
    ['headers/syncro-organizations.PARTIAL.csv', 'companies', ['id', 'name', 'firstName', 'lastName']],
    ['headers/alga-psa-contacts-template.csv', 'contacts', ['company', 'name', 'email', 'phone', 'role']],
    ['headers/itflow-contacts-template.csv', 'contacts', ['name', 'email', 'title', 'phone', 'mobile']],
    [
      'headers/syncro-endusers.csv',
      'contacts',
      ['id', 'companyId', 'name', 'email', 'title', 'phone', 'mobile'],
    ],
    ['fivetran-dbt_zendesk/organization_data.csv', 'companies', ['id', 'name']],
    ['fivetran-dbt_zendesk/user_data.csv', 'contacts', ['id', 'companyId', 'name', 'email', 'phone', 'role']],
    [
      'fivetran-dbt_zendesk/ticket_comment_data.csv',
      'messages',
      ['id', 'ticketId', 'body', 'public', 'authorId', 'created'],
    ],
  ])('%s', async (name, kind, fields) => {
    const layout = await read(name)
    expect(layout?.kind).toBe(kind)
    expect(layout?.fields).toEqual(expect.arrayContaining(fields))
  })

  test('files of other things are not taken for ours', async () => {
    const strange = [
      'headers/qbo-invoice-import.variants.csv',
      ...['brand', 'group', 'ticket_tag'].map((name) => `fivetran-dbt_zendesk/${name}_data.csv`),
    ]
    const invoices = readdirSync(sample('fivetran-dbt_quickbooks')).filter((name) =>
      /^(invoice|item|payment|estimate|credit).*csv$/.test(name),
    )
    for (const name of [...strange, ...invoices.map((each) => `fivetran-dbt_quickbooks/${each}`)])
      expect([name, await read(name)]).toEqual([name, undefined])
  })

  test('the labels of an import template', () => {
    const [, , combined = '', organization = '', contact = ''] = readFileSync(
      sample('headers/autotask-import-template-fields.PARTIAL.txt'),
      'utf8',
    ).split('\n')
    const labels = (line: string, start: string) =>
      line
        .replace(start, '')
        .split(/\s[|/]\s/)
        .map((label) => label.replace(' ...', ''))
    expect(
      layoutOf('companies', labels(combined, 'Combined Organization/Contact: ')).columns.has('name'),
    ).toBe(true)
    expect([...layoutOf('companies', labels(organization, 'Organization: ')).columns.keys()]).toEqual([
      'id',
      'name',
    ])
    expect([...layoutOf('contacts', labels(contact, '')).columns.keys()]).toEqual(
      expect.arrayContaining(['id', 'companyId', 'company']),
    )
  })
})
