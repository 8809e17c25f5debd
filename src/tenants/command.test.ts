import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { PRESET_NAMES } from '#src/permissions.ts'
import { aBrowser } from '#src/sign-in/test-browser.ts'
import { tenantCommand } from '#src/tenants/command.ts'
import { createTenant } from '#src/tenants/create.ts'
import { asOwner } from '#test/database.ts'
import { as, type World, world } from '#test/world.ts'

let cast: World
beforeAll(async () => {
  cast = await world()
})

const run = async (...words: string[]) => {
  const lines: string[] = []
  const command = tenantCommand(words)
  return { code: await command?.(cast.env, (line) => lines.push(line)), text: lines.join('\n') }
}

test('a tenant begins with the six preset roles and ten categories, of which HR is confidential', async () => {
  const id = await createTenant({ slug: 'fresh', name: 'Fresh IT', supportEmail: 'help@fresh.example' })
  const roles = await asOwner('select name, preset, assignable from role where tenant_id = $1', [id])
  expect(roles.map((role) => role.preset)).toEqual(PRESET_NAMES)
  expect(roles.filter((role) => role.assignable).map((role) => role.name)).toEqual(['Viewer', 'User'])
  const categories = await asOwner('select name, confidential from category where tenant_id = $1', [id])
  expect([categories.length, categories.filter((each) => each.confidential)]).toEqual([
    10,
    [{ name: 'HR and people', confidential: true }],
  ])
  expect(
    await createTenant({ slug: 'fresh', name: 'Other', supportEmail: 'help@other.example' }),
  ).toBeUndefined()
})

test('add prints a link whose token is not in the database', async () => {
  const { code, text } = await run('add', 'further')
  const token = /^http:\/\/localhost:3000\/setup#t=([\w-]{43})$/m.exec(text)?.[1] ?? ''
  expect([code, token.length]).toEqual([0, 43])
  const [link] = await asOwner(
    `select slug, token_hash = sha256($1::bytea) as hashed, expires_at - created_at as life from setup_link where slug = 'further'`,
    [Buffer.from(token)],
  )
  expect(link).toMatchObject({ slug: 'further', hashed: true, life: { days: 7 } })
  expect(await run('add', 'quayline')).toMatchObject({ code: 1, text: 'There is a tenant quayline already.' })
})

test('an administrator is let in from the command line: a new one, or one who lost every way in', async () => {
  const print = async (email: string) =>
    /^http:\/\/localhost:3000\/staff\/login\/invitation\?tenant=quayline#t=([\w-]{64})$/m.exec(
      (await run('administrator', 'quayline', email)).text,
    )?.[1]
  const at = aBrowser(cast.app)
  const open = async (t = '') => {
    await at.get('/staff/login/invitation?tenant=quayline')
    const fields = { t, name: 'Rita Moss', password: 'seven grey herons' }
    return (await at.post('/staff/login/invitation?tenant=quayline', fields)).location
  }
  expect(await open(await print('Rita@quayline.example'))).toBe('/staff/login/code?tenant=quayline')
  expect(await open(await print(cast.formerStaff.email))).toBe('/staff/login/code?tenant=quayline')
  const made = await asOwner(
    `select role, disabled_at from staff_member where name = 'Rita Moss' order by email_key`,
  )
  expect(made).toEqual([1, 2].map(() => ({ role: 'administrator', disabled_at: null })))
  expect((await run('administrator', 'nowhere', 'a@b.example')).code).toBe(1)
  expect((await run('administrator', 'quayline', 'nobody')).code).toBe(1)
})

test('a suspended tenant is shut for those who are in, and open again afterwards', async () => {
  const zoe = await as(cast.zoe)
  expect((await zoe.get('/portal')).status).toBe(200)
  expect((await run('suspend', 'harbor')).code).toBe(0)
  expect((await zoe.get('/portal')).status).not.toBe(200)
  expect((await run('list')).text).toMatch(/harbor {2}Harbor Managed IT {2}\(suspended 20/)
  expect((await run('resume', 'harbor')).code).toBe(0)
  expect((await zoe.get('/portal')).status).toBe(200)
})

test('a host name belongs to one tenant', async () => {
  expect((await run('host', 'quayline', 'Portal.Quayline.example')).code).toBe(0)
  expect((await run('host', 'quayline', 'portal.quayline.example')).code).toBe(0)
  expect(await run('host', 'harbor', 'portal.quayline.example')).toMatchObject({ code: 1 })
  expect(await run('host', 'harbor', 'http://x')).toMatchObject({
    code: 1,
    text: expect.stringContaining('not a host name'),
  })
})

test('an export holds all of a tenant, its files too, nothing of another and no secrets', async () => {
  const folder = join(cast.folder, 'exported')
  const { code, text } = await run('export', 'quayline', folder)
  expect([code, text]).toEqual([0, expect.stringContaining('files/  ')])
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  const everything = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('')
  expect(everything).toContain('SECRET-INTERNAL-NOTE')
  expect(everything).not.toContain('HARBOR-CANARY')
  expect(everything).not.toContain('token_hash')
  for (const line of everything.trim().split('\n')) expect(JSON.parse(line).tenant_id).toBe(cast.quayline)
  const stored = readdirSync(join(folder, 'files'))
  const rows = await asOwner<{ id: string }>('select id from attachment where tenant_id = $1', [
    cast.quayline,
  ])
  expect(stored.sort()).toEqual(rows.map((row) => row.id).sort())
  expect(await run('export', 'quayline', folder)).toMatchObject({
    code: 1,
    text: expect.stringContaining('is not empty'),
  })
})

test('a table of several pages is exported whole', async () => {
  await asOwner(
    `insert into company (tenant_id, id, name, name_key) select $1, gen_random_uuid(), 'Page ' || n, 'page ' || n from generate_series(1, 2500) n`,
    [cast.harbor],
  )
  const folder = join(cast.folder, 'pages')
  expect((await run('export', 'harbor', folder)).text).toContain('company.jsonl  2501')
  const ids = readFileSync(join(folder, 'company.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).id)
  expect(new Set(ids).size).toBe(2501)
})

test('words that are no command get the usage', () => {
  for (const words of [
    [],
    ['add'],
    ['add', 'Not A Slug'],
    ['remove', 'quayline'],
    ['export', 'quayline'],
    ['list', 'x'],
    ['add', 'a', 'b'],
  ])
    expect(tenantCommand(words)).toBeUndefined()
})
