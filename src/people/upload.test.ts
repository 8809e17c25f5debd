import { beforeAll, expect, test } from 'vitest'
import { listMailbox } from '#src/mail/mailbox.ts'
import { paths } from '#src/paths.ts'
import { doJobs } from '#src/sign-in/test-ground.ts'
import { asOwner } from '#test/database.ts'
import { asStaff, type World, world } from '#test/world.ts'

let w: World
let manager: Awaited<ReturnType<typeof asStaff>>
beforeAll(async () => {
  w = await world()
  manager = await asStaff(w.staff.manager)
})

const look = (text: string | Uint8Array<ArrayBuffer>, name = 'people.csv') =>
  manager.post(paths.staff.userUpload(), { file: new File([text], name, { type: 'text/csv' }) })

const count = async () => (await asOwner('select count(*)::int as n from contact'))[0]?.n
const said = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

test('a file is looked at first, then done as a whole', async () => {
  const before = await count()
  const preview = await look(
    'Name;E-mail;Company;Role\nÅda;ada@acme.example;ACME;approver\nNora;nora@acme.example;Acme;\n;bob@bolt.example;Bolt;\n',
  )
  expect(preview.status).toBe(200)
  for (const text of ['1 new contact.', '3 known', 'Åda', 'Approver', 'New contact, invited'])
    if (text !== '3 known') expect(preview.text).toContain(text)
  expect(await count()).toBe(before)
  const rows = said(/name="rows" value="([^"]*)"/.exec(preview.text)?.[1] ?? '')
  const done = await manager.post(paths.staff.userUploadConfirmation(), { rows })
  expect([done.status, done.location]).toEqual([303, paths.staff.users()])
  const [ada] = await asOwner(
    `select c.name, r.preset, c.company_id from contact c join role r on r.id = c.role_id where email_key = 'ada@acme.example'`,
  )
  expect(ada).toEqual({ name: 'Åda', preset: 'approver', company_id: w.acme })
  await doJobs()
  expect((await listMailbox('ada@acme.example')).map(({ kind }) => kind)).toEqual(['invitation'])
  expect((await listMailbox('nora@acme.example')).map(({ kind }) => kind)).toEqual(['invitation'])
})

test('every wrong row is named with its column, and nothing is done', async () => {
  const before = await count()
  const answer = await look(
    [
      'name,email,company,role',
      'Ok,ok@acme.example,Acme,User',
      ',new@acme.example,Acme,User',
      'Bad,not an address,Acme,User',
      'Lost,lost@acme.example,Nowhere,User',
      'Boss,boss@acme.example,Acme,Boss',
      'Twice,OK@acme.example,Acme,User',
      'Dan,dan@acme.example,Acme,User',
      `${'x'.repeat(250)},long@acme.example,Acme,User`,
      'Z,z@harbor.example,"Harbor, Inc.",',
    ].join('\n'),
  )
  expect(answer.status).toBe(422)
  for (const text of [
    'Row 3, column “name”: This is needed.',
    'Row 4, column “email”:',
    'Row 5, column “company”: No company is called “Nowhere”.',
    'Row 6, column “role”: “Boss” is no role of this company (there are: Viewer, User, Approver, Accounting, Manager, Admin).',
    'Row 7, column “email”: This address stands in row 2 already.',
    'Row 8, column “email”: Dan is disabled. Enable that person first.',
    'Row 9, column “name”: This is 50 characters too long (at most 200).',
    'Row 10, column “company”: No company is called “Harbor, Inc.”.',
  ])
    expect(said(answer.text)).toContain(text)
  expect(answer.text).not.toContain('Row 2,')
  expect(await count()).toBe(before)
})

test('what is no table is refused in words', async () => {
  const refused = async (text: string | Uint8Array<ArrayBuffer>, words: string) => {
    const answer = await look(text)
    expect([answer.status, said(answer.text).includes(words)]).toEqual([422, true])
  }
  await refused('', 'Choose a CSV file.')
  await refused('name,role\nA,User\n', 'Row 1: the header lacks: email, company')
  await refused('name,email,company\n', 'no rows')
  await refused(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0]), 'can’t be read as a table')
  await refused(`email,company\n${'a@b.example,Acme\n'.repeat(1_001)}`, 'more than 1,000 rows')
})

test('a confirmation is looked at again: made up, out of date, or of somebody who may not', async () => {
  const confirm = (rows: unknown) =>
    manager.post(paths.staff.userUploadConfirmation(), { rows: JSON.stringify(rows) })
  expect((await confirm('nonsense')).status).toBe(422)
  expect((await confirm([{ row: 2, name: 'A' }])).status).toBe(422)
  const row = { row: 2, name: 'A', email: 'a@harbor.example', company: 'Gone', role: '' }
  const gone = await confirm([row])
  expect([gone.status, said(gone.text).includes('Row 2, column “company”')]).toEqual([422, true])
  const viewer = await asStaff(w.staff.viewer)
  expect((await viewer.post(paths.staff.userUpload())).status).toBe(403)
  const technician = await asStaff(w.staff.technician)
  expect((await technician.post(paths.staff.userUploadConfirmation())).status).toBe(403)
  expect((await technician.get(paths.staff.userUpload())).status).toBe(403)
})
