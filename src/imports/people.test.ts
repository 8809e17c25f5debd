import { beforeAll, expect, test } from 'vitest'
import { fileIn, importAll, newTenant, rowCounts, seenBy, viewerCalled } from '#src/imports/test-ground.ts'
import { asOwner, freshDatabase } from '#test/database.ts'

let file: ReturnType<typeof fileIn>
let folder: string
beforeAll(async () => {
  folder = (await freshDatabase()).folder
  file = fileIn(`${folder}/csv`)
})

const people = (tenant: string) =>
  asOwner(
    `select c.name, o.name as company, c.email, r.preset as role, c.title from contact c
      join company o on o.id = c.company_id left join role r on r.id = c.role_id
      where c.tenant_id = $1 and c.archived_at is null order by c.created_at, c.name`,
    [tenant],
  )

test('portal_role names a role; empty is no access; an unknown one is an error', async () => {
  const tenant = await newTenant('roles')
  const contacts = (role: string) => `name,company,email,portal_role\nAda,Acme,ada@acme.example,${role}\n`
  await importAll(tenant, [file('contacts.csv', contacts('aPPRover'))])
  expect(await people(tenant)).toMatchObject([{ name: 'Ada', company: 'Acme', role: 'approver' }])
  const wrong = await importAll(tenant, [file('contacts.csv', contacts('Boss'))])
  expect(wrong.errors).toEqual([
    'contacts.csv row 2, column "portal_role": "Boss" is not a role (known: Viewer, User, Approver, Accounting, Manager, Admin)',
  ])
  await importAll(tenant, [file('contacts.csv', 'name,company,email\nAda L.,Acme,ADA@acme.example\n')])
  expect(await people(tenant)).toMatchObject([{ name: 'Ada L.', role: 'approver' }])
  await importAll(tenant, [file('contacts.csv', contacts(''))])
  expect(await people(tenant)).toMatchObject([{ name: 'Ada', role: null }])
  const mute = await importAll(tenant, [
    file('contacts.csv', 'name,company,email,portal_role\nBea,Acme,,User\n'),
  ])
  expect(mute.errors[0]).toContain('column "email": is empty: portal access needs an address')
})

test('companies are found by id, else by name; contacts by id, else by address in the company', async () => {
  const tenant = await newTenant('found')
  await importAll(tenant, [file('companies.csv', 'name,website\n"Acme, Inc.",\n')])
  const linked = await importAll(tenant, [file('companies.csv', 'id,name,website\n7,ACME Inc,\n')])
  expect(linked.counts.companies).toMatchObject({ added: 0, changed: 1 })
  await importAll(tenant, [file('contacts.csv', 'full_name,client_id,email\nAda,7,ada@acme.example\n')])
  const named = await importAll(tenant, [
    file('contacts.csv', 'contact_id,full_name,client_id,email\n1,Ada B.,7,Ada@Acme.example\n'),
  ])
  expect(named.counts.contacts).toMatchObject({ added: 0, changed: 1 })
  expect(await rowCounts(tenant)).toMatchObject({ company: 1, contact: 1 })
})

test('the columns of one system: contacts of a file without a company need --company', async () => {
  const tenant = await newTenant('columns')
  const header = '"Full Name           ","Job Title           ","Email Address       ","Mobile Phone        "'
  const path = file('export.csv', `${header}\nAda,Boss,ada@acme.example,+1 206\n`)
  expect((await importAll(tenant, [path])).errors).toEqual([
    'export.csv row 1: has no column for the company: say --company NAME',
  ])
  await importAll(tenant, [path], { company: 'Acme' })
  expect(await people(tenant)).toMatchObject([{ name: 'Ada', company: 'Acme', title: 'Boss', role: null }])
})

test('a job called "Admin" makes nobody staff', async () => {
  const tenant = await newTenant('jobs')
  await importAll(tenant, [
    file('contacts.csv', 'full_name,email,client,role\nAda,ada@acme.example,Acme,Admin\n'),
  ])
  expect(await people(tenant)).toMatchObject([{ name: 'Ada', title: 'Admin', role: null }])
})

test('an address signs in one contact of a company: a second one goes without, or is an error', async () => {
  const tenant = await newTenant('addresses')
  const rows = (role: string) =>
    `contact_id,name,company,email,portal_role\n1,Ada,Acme,info@acme.example,User\n2,Bea,Acme,info@acme.example,${role}\n`
  const error = await importAll(tenant, [file('contacts.csv', rows('User'))])
  expect(error.errors).toEqual([
    'contacts.csv row 3, column "email": "info@acme.example" is the address of another contact of the company (Ada)',
  ])
  await importAll(tenant, [file('contacts.csv', rows(''))])
  expect(await people(tenant)).toMatchObject([
    { name: 'Ada', email: 'info@acme.example' },
    { name: 'Bea', email: null },
  ])
})

test('who changes the company is another contact there, and sees nothing of the old one', async () => {
  const tenant = await newTenant('moves')
  const rows = (company: string) =>
    `contact_id,name,company,email,portal_role\n1,Ada,${company},ada@x.example,Manager\n`
  const ticket = 'id,company,requester_id,subject,status\n1,Acme,1,Printer,open\n'
  await importAll(tenant, [file('contacts.csv', rows('Acme')), file('tickets.csv', ticket)])
  expect((await seenBy(await viewerCalled(tenant, 'ada@x.example'))).tickets).toHaveLength(1)
  await importAll(tenant, [file('contacts.csv', rows('Bolt'))])
  expect(await people(tenant)).toMatchObject([{ name: 'Ada', company: 'Bolt', role: 'manager' }])
  const old = await asOwner(
    'select role_id, disabled_at is not null as off from contact where tenant_id = $1 and archived_at is not null',
    [tenant],
  )
  expect(old).toEqual([{ role_id: null, off: true }])
  expect((await importAll(tenant, [file('contacts.csv', rows('Acme'))])).committed).toBe(true)
  expect(await people(tenant)).toMatchObject([{ name: 'Ada', company: 'Acme' }])
})

test('a ticket moves to another company with everything that belongs to it', async () => {
  const tenant = await newTenant('tickets-move')
  const contacts =
    'contact_id,name,company,email,portal_role\n1,Ada,Acme,ada@acme.example,Manager\n2,Bob,Bolt,bob@bolt.example,Manager\n'
  const ticket = (company: string, requester: number) =>
    `id,company,requester_id,subject,status,solved_at\n9,${company},${requester},Printer,solved,2026-01-01\n`
  const messages = 'id,ticket_id,author_id,public,body,attachments\n1,9,1,yes,It jams,log.txt\n'
  file('files/log.txt', 'paper')
  await importAll(
    tenant,
    [file('contacts.csv', contacts), file('tickets.csv', ticket('Acme', 1)), file('messages.csv', messages)],
    { filesFolder: `${folder}/csv/files` },
  )
  expect(await seenBy(await viewerCalled(tenant, 'ada@acme.example'))).toMatchObject({
    messages: ['It jams'],
    attachments: ['log.txt'],
  })
  const report = await importAll(tenant, [file('tickets.csv', ticket('Bolt', 2))])
  expect(report.counts.tickets.changed).toBe(1)
  expect(await seenBy(await viewerCalled(tenant, 'ada@acme.example'))).toEqual({
    tickets: [],
    messages: [],
    attachments: [],
  })
  expect(await seenBy(await viewerCalled(tenant, 'bob@bolt.example'))).toMatchObject({
    messages: ['It jams'],
    attachments: ['log.txt'],
  })
})

test('what a later file has no word for stays as it was', async () => {
  const tenant = await newTenant('partial')
  const contacts = 'contact_id,name,company,email,portal_role\n1,Ada,Acme,ada@acme.example,Manager\n'
  const full =
    'id,requester_id,subject,status,priority,category,assignee\n9,1,Raise,pending,urgent,HR and people,Jane Doe\n'
  await importAll(tenant, [file('contacts.csv', contacts), file('tickets.csv', full)])
  const now = () =>
    asOwner(
      `select subject, status, priority, confidential, category_id is null as loose, assignee_id is null as free
        from ticket where tenant_id = $1`,
      [tenant],
    )
  const was = {
    subject: 'Raise',
    status: 'waiting_client',
    priority: 'urgent',
    confidential: true,
    loose: false,
    free: false,
  }
  expect(await now()).toEqual([was])
  await importAll(tenant, [file('tickets.csv', 'id,requester_id,subject\n9,1,Raise please\n')])
  expect(await now()).toEqual([{ ...was, subject: 'Raise please' }])
  await importAll(tenant, [file('tickets.csv', 'id,requester_id,subject,category\n9,1,Raise please,\n')])
  expect(await now()).toMatchObject([{ confidential: true, loose: true }])
})

test('records that no file holds: stand-ins, or errors with strict', async () => {
  const tenant = await newTenant('gaps')
  const tickets = 'id,organization_id,requester_id,subject,status\n9,77,5,Printer,open\n'
  const strict = await importAll(tenant, [file('tickets.csv', tickets)], { strict: true })
  expect(strict.errors).toEqual([
    'tickets.csv row 2, column "organization_id": there is no company with the id 77',
  ])
  const report = await importAll(tenant, [
    file('tickets.csv', tickets),
    file('messages.csv', 'id,ticket_id,author_id,public,body\n1,404,5,true,lost\n'),
  ])
  expect(report.notes.map((note) => [note.count, note.message])).toEqual([
    [1, 'company in no file: a stand-in was added'],
    [1, 'requester in no file: a stand-in without access was added'],
    [1, 'ticket in no file: a confidential, closed stand-in was added'],
  ])
  await importAll(tenant, [
    file('companies.csv', 'id,name,website\n77,Acme,\n'),
    file(
      'contacts.csv',
      'contact_id,name,organization_id,email,portal_role\n5,Ada,77,ada@acme.example,User\n',
    ),
  ])
  expect(await people(tenant)).toEqual([
    { name: 'Ada', company: 'Acme', email: 'ada@acme.example', role: 'user', title: null },
  ])
  const lost = 'id,organization_id,requester_id,subject,status,type\n404,77,5,Lost and found,open,\n'
  await importAll(tenant, [file('tickets.csv', lost)])
  const seen = await seenBy(await viewerCalled(tenant, 'ada@acme.example'))
  expect(seen.tickets.map((ticket) => [ticket.subject, ticket.status])).toEqual([
    ['Printer', 'in_progress'],
    ['Lost and found', 'in_progress'],
  ])
  expect(seen.messages).toEqual(['lost'])
})
