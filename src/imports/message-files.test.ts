import { beforeAll, expect, test } from 'vitest'
import { store } from '#src/files/store.ts'
import { fileIn, importAll, newTenant } from '#src/imports/test-ground.ts'
import { asOwner, freshDatabase } from '#test/database.ts'

let folder: string
let file: ReturnType<typeof fileIn>
beforeAll(async () => {
  folder = (await freshDatabase()).folder
  file = fileIn(`${folder}/csv`)
})

const setting = () => [
  file('contacts.csv', 'contact_id,name,company,email\n1,Ada,Acme,ada@acme.example\n'),
  file('tickets.csv', 'id,company,requester_id,subject,status\n9,Acme,1,Printer,open\n'),
]
const messages = (names: string) =>
  file('messages.csv', `id,ticket_id,author_id,public,body,attachments\n1,9,1,yes,See,${names}\n`)

const stored = async () => {
  const found = []
  for await (const each of store.list()) found.push(each.id)
  return found
}

test('files come along, once, by what they are', async () => {
  const tenant = await newTenant('files')
  file(
    'files/Foto.png',
    Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  )
  file('files/sub/not-a-picture.png', 'plain words')
  const paths = [...setting(), messages('Foto.png; sub/not-a-picture.png')]
  for (let round = 0; round < 2; round += 1)
    await importAll(tenant, paths, { filesFolder: `${folder}/csv/files` })
  const rows = await asOwner(
    'select id, name, media_type, internal, bytes from attachment where tenant_id = $1 order by name',
    [tenant],
  )
  expect(rows).toMatchObject([
    { name: 'Foto.png', media_type: 'image/png', internal: false, bytes: 33 },
    { name: 'not-a-picture.png', media_type: 'text/plain', internal: false },
  ])
  expect((await stored()).sort()).toEqual(rows.map((row) => row.id).sort())
  const content = await store.open(tenant, rows[1]?.id ?? '')
  expect(Buffer.concat((await content?.toArray()) ?? []).toString()).toBe('plain words')
})

test('a file is as internal as its message, also when that changes', async () => {
  const tenant = await newTenant('flip')
  file('files/there.txt', 'there')
  const paths = (mark: string) => [
    ...setting(),
    file('messages.csv', `id,ticket_id,author_id,public,body,attachments\n1,9,1,${mark},See,there.txt\n`),
  ]
  const internal = () => asOwner('select internal from attachment where tenant_id = $1', [tenant])
  for (const mark of ['yes', '', 'yes', 'no']) {
    await importAll(tenant, paths(mark), { filesFolder: `${folder}/csv/files` })
    expect(await internal()).toEqual([{ internal: mark !== 'yes' }])
  }
})

test('files that are missing or lie elsewhere are errors, and leave nothing behind', async () => {
  const tenant = await newTenant('no-files')
  const before = await stored()
  file('secret.txt', 'not yours')
  file('files/there.txt', 'there')
  for (const name of ['gone.txt', '../secret.txt', '/etc/passwd', 'sub']) {
    const report = await importAll(tenant, [...setting(), messages(`there.txt;${name}`)], {
      filesFolder: `${folder}/csv/files`,
    })
    expect(report.errors).toEqual([
      expect.stringContaining(`messages.csv row 2, column "attachments": there is no file "${name}"`),
    ])
  }
  expect(await stored()).toEqual(before)
})

test('what was stored for an import that fails later goes again', async () => {
  const tenant = await newTenant('failing')
  const before = await stored()
  file('files/there.txt', 'there')
  const twice = `id,ticket_id,author_id,public,body,attachments\n1,9,1,yes,See,there.txt\n2,9,1,perhaps,See,\n`
  const report = await importAll(tenant, [...setting(), file('messages.csv', twice)], {
    filesFolder: `${folder}/csv/files`,
  })
  expect(report.errors).toEqual([
    'messages.csv row 3, column "public": "perhaps" is not a yes or no (known: true, false)',
  ])
  expect(await stored()).toEqual(before)
})
