import { beforeAll, expect, test } from 'vitest'
import { listMailbox } from '#src/mail/mailbox.ts'
import { paths } from '#src/paths.ts'
import { doJobs, mailsTo, waysIn } from '#src/sign-in/test-ground.ts'
import { asOwner } from '#test/database.ts'
import {
  as,
  asStaff,
  browser,
  giveRole,
  type Person,
  send,
  stranger,
  type World,
  world,
} from '#test/world.ts'

let w: World
let manager: Awaited<ReturnType<typeof asStaff>>
beforeAll(async () => {
  w = await world()
  manager = await asStaff(w.staff.manager)
})

const contact = async (who: { id: string }) =>
  (
    await asOwner(
      'select c.*, r.preset from contact c left join role r on r.id = c.role_id where c.id = $1',
      [who.id],
    )
  )[0]

const invitationTo = async (address: string) => {
  await doJobs()
  return (await listMailbox(address)).find(({ kind }) => kind === 'invitation')
}

const stateOf = async (who: Person) => {
  const page = await manager.get(paths.staff.users({ q: who.email }))
  return ['Not invited', 'Mail delivered', 'Invited', 'Active', 'Disabled'].find((word) =>
    new RegExp(`class="badge"[^>]*>(<svg.*?</svg>)?${word}<`).test(page.text),
  )
}

test('an invitation is mailed in the tenant’s name, leads to a sign-in of her own, and opens nothing itself', async () => {
  const { uninvited: nora } = w
  expect(await stateOf(nora)).toBe('Not invited')
  const sent = await manager.post(paths.staff.contactInvitation(nora.id))
  expect([sent.status, sent.location]).toEqual([303, paths.staff.contact(nora.id)])
  expect(await contact(nora)).toMatchObject({ preset: 'user' })
  expect(await stateOf(nora)).toBe('Invited')
  const mail = await invitationTo(nora.email)
  expect(mail?.subject).toBe('Quayline IT invites you to its client portal')
  expect(mail?.text).toContain('Acme')
  expect(mail?.html).toContain('#175c70')
  expect(await stateOf(nora)).toBe('Mail delivered')

  const [way] = waysIn(mail?.text ?? '')
  const page = new URL(way?.url ?? '')
  expect(page.pathname + page.search).toBe(paths.welcome({ tenant: 'quayline' }))
  const opened = await stranger.get(page.pathname + page.search)
  expect([opened.status, opened.headers.get('referrer-policy')]).toEqual([200, 'no-referrer'])
  expect(opened.text).not.toContain(nora.email)
  expect(opened.cookies.join()).not.toMatch(/portal=/)
  const secret = /browser=([\w-]{43})/.exec(opened.cookies.join())?.[1] ?? ''
  const hers = browser(/[\w-]*browser=[\w-]{43}/.exec(opened.cookies.join())?.[0] ?? '', secret)
  const asked = await hers.post(page.pathname + page.search, { t: way?.token ?? '' })
  expect(asked.location).toMatch('/portal/login/code?request=')
  expect((await hers.get(asked.location ?? '')).text).toContain(nora.email)
  const [signIn] = await mailsTo(nora.email)
  const code = signIn?.ways[0]?.code ?? ''
  const inside = await hers.post(asked.location ?? '', { code })
  expect(inside.location).toBe('/portal')
  expect(await stateOf(nora)).toBe('Active')
  const row = await contact(nora)
  expect([row?.invited_at, row?.first_sign_in_at].every(Boolean)).toBe(true)
  // who is in already gets no second invitation
  expect((await manager.post(paths.staff.contactInvitation(nora.id))).status).toBe(422)
})

test('a token that is not ours, of another tenant or taken back leads to the ordinary sign-in', async () => {
  const { amir } = w
  await manager.post(paths.staff.contactInvitation(amir.id))
  const first = waysIn((await invitationTo(amir.email))?.text ?? '')[0]?.token ?? ''
  const page = await stranger.get(paths.welcome({ tenant: 'quayline' }))
  const cookie = /[\w-]*browser=[\w-]{43}/.exec(page.cookies.join())?.[0] ?? ''
  const at = browser(cookie, cookie.split('=')[1] ?? '')
  const open = async (t: string, tenant = 'quayline') =>
    (await at.post(paths.welcome({ tenant }), { t })).location
  expect(await open(first)).toMatch('/portal/login/code')
  expect(await open('x'.repeat(64))).toBe(paths.login({ tenant: 'quayline' }))
  expect(await open('')).toBe(paths.login({ tenant: 'quayline' }))
  expect(await open(first, 'harbor')).toBe(paths.login({ tenant: 'harbor' }))
  await manager.post(paths.staff.contactInvitation(amir.id))
  expect(await open(first)).toBe(paths.login({ tenant: 'quayline' }))
  await manager.post(paths.staff.contactRevocation(amir.id))
  expect(await contact(amir)).toMatchObject({ role_id: null, invitation_id: null })
})

test('disabling ends her session with the very next request; enabling lets her sign in again', async () => {
  const alice = await as(w.alice)
  expect((await alice.get('/portal/tickets')).status).toBe(200)
  expect((await manager.post(paths.staff.contactDisabling(w.alice.id))).status).toBe(303)
  expect((await alice.get('/portal/tickets')).location).toMatch('/portal/login')
  expect(await stateOf(w.alice)).toBe('Disabled')
  await manager.post(paths.staff.contactEnabling(w.alice.id))
  // the session itself is over, not only refused
  expect((await alice.get('/portal/tickets')).location).toMatch('/portal/login')
  const log = await asOwner('select action from audit_event where object_id = $1 order by id', [w.alice.id])
  expect(log.map((row) => row.action)).toEqual(['contact.disabled', 'contact.enabled'])
})

test('a role changes for the next click, and the last who manages people keeps it', async () => {
  const role = async (preset: string) =>
    (await asOwner('select id from role where tenant_id = $1 and preset = $2', [w.quayline, preset]))[0]
      ?.id ?? ''
  const hers = await as(w.roles.manager)
  expect((await hers.get(paths.newTicket())).status).toBe(200)
  await manager.post(paths.staff.contactRole(w.roles.manager.id), { role: await role('viewer') })
  expect((await hers.get(paths.newTicket())).status).toBe(403)
  for (const path of [paths.staff.contactRole, paths.staff.contactDisabling, paths.staff.contactRevocation]) {
    const refused = await manager.post(path(w.bob.id), { role: await role('viewer') })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('nobody else at Bolt can manage people')
    expect(await contact(w.bob)).toMatchObject({ preset: 'admin', disabled_at: null })
  }
  const strange = await manager.post(paths.staff.contactRole(w.bob.id), { role: w.acme })
  expect([strange.status, strange.text.includes('Choose a role')]).toEqual([422, true])
  // with a second one, the first may go
  await manager.post(paths.staff.contactRole(w.samAtBolt.id), { role: await role('admin') })
  expect((await manager.post(paths.staff.contactDisabling(w.bob.id))).status).toBe(303)
  // and who is alone there may be shut out, because nobody is left without a manager
  await manager.post(paths.staff.contactRevocation(w.bob.id))
  expect((await manager.post(paths.staff.contactDisabling(w.samAtBolt.id))).status).toBe(303)
})

test('of two who manage people one stays, however fast both are shut out', async () => {
  await giveRole(w.roles.manager, 'admin')
  const answers = await Promise.all(
    [w.roles.admin, w.roles.manager].map((who) => manager.post(paths.staff.contactDisabling(who.id))),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([303, 422])
  const left = await asOwner(
    `select 1 from contact c join role r on r.id = c.role_id where r.preset = 'admin' and c.company_id = $1 and disabled_at is null`,
    [w.acme],
  )
  expect(left).toHaveLength(1)
})

test('several and a whole company are invited at once', async () => {
  const add = async (name: string) => {
    const email = `${name}@acme.example`
    const made = await manager.post(paths.staff.companyContacts(w.acme), { name, email })
    return { id: made.location?.split('/').at(-1) ?? '', email }
  }
  const [ida, ben, cai] = [await add('ida'), await add('ben'), await add('cai')]
  const some = await manager.post(paths.staff.userInvitations(), {
    contact: [ida.id, ben.id, w.zoe.id, w.disabled.id],
  })
  expect(some.status).toBe(303)
  expect((await invitationTo(ida.email))?.to).toBe(ida.email)
  expect(await contact(ben)).toMatchObject({ preset: 'user' })
  expect(await contact(w.zoe)).toMatchObject({ invited_at: null })
  const preview = await manager.get(paths.staff.companyInvitations(w.acme))
  expect(preview.text).toContain('cai@acme.example')
  expect(preview.text).not.toContain('ida@acme.example')
  await manager.post(paths.staff.companyInvitations(w.acme))
  expect((await invitationTo(cai.email))?.to).toBe(cai.email)
  expect((await manager.get(paths.staff.companyInvitations(w.acme))).text).toContain('was invited already')
  const nobody = await manager.post(paths.staff.userInvitations(), { contact: 'nonsense' })
  expect([nobody.status, nobody.text.includes('Nobody was invited')]).toEqual([422, true])
})

test('the list is filtered by state and pages', async () => {
  const disabled = await manager.get(paths.staff.users({ state: 'disabled' }))
  expect(disabled.text).toContain('Dan')
  expect(disabled.text).not.toContain('>Alice<')
  expect((await manager.get(paths.staff.users({ state: 'nonsense' }))).status).toBe(200)
  expect((await manager.get(paths.staff.users())).text).not.toContain('Zoe')
})

test("another tenant's people are not there; others may not, and a viewer changes nothing", async () => {
  const writes = [
    paths.staff.contactInvitation,
    paths.staff.contactRole,
    paths.staff.contactDisabling,
    paths.staff.contactEnabling,
    paths.staff.contactRevocation,
  ]
  const [viewer, technician] = [await asStaff(w.staff.viewer), await asStaff(w.staff.technician)]
  for (const path of writes) {
    expect((await manager.post(path(w.zoe.id))).status).toBe(404)
    expect((await viewer.post(path(w.alice.id))).status).toBe(403)
    expect((await technician.post(path(w.alice.id))).status).toBe(403)
  }
  expect((await technician.get(paths.staff.users())).status).toBe(403)
  expect((await technician.post(paths.staff.userInvitations())).status).toBe(403)
  expect((await manager.get(paths.staff.companyInvitations(w.acmeAtHarbor))).status).toBe(404)
  expect((await manager.post(paths.staff.companyInvitations(w.acmeAtHarbor))).status).toBe(404)
  expect((await send(paths.staff.users())).location).toMatch('/staff/login')
})
