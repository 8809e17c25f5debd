import { pino } from 'pino'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { pool } from '#src/db/connect.ts'
import { asSystem } from '#src/db/scope.ts'
import { aRun } from '#src/jobs/test-ground.ts'
import { composeMessage } from '#src/mail/message.ts'
import { paths } from '#src/paths.ts'
import { proofCode } from '#src/profile/code.ts'
import { profileMails } from '#src/profile/jobs.ts'
import { tenantById } from '#src/tenants/tenant.ts'
import { asOwner } from '#test/database.ts'
import { wordsOf } from '#test/pages.ts'
import { jobs } from '#test/queue.ts'
import { as, asStaff, browser, sessionOf, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
beforeEach(async () => {
  await asOwner('delete from profile_change')
  await asOwner('delete from mail')
  await asOwner(`delete from rate_count where name like 'profile%'`)
  await asOwner(
    `update contact set name = 'Alice', email = 'alice@acme.example', email_key = 'alice@acme.example' where id = $1`,
    [w.alice.id],
  )
})

const alices = async () => (await asOwner('select * from contact where id = $1', [w.alice.id]))[0]
const change = async () => (await asOwner('select * from profile_change order by id desc limit 1'))[0]
const run = aRun(pino({ level: 'silent' }))
const mails = async () => {
  const latest = await change()
  await profileMails.perform({ tenant: w.quayline, change: String(latest?.id) }, run)
  await profileMails.perform({ tenant: w.quayline, change: String(latest?.id) }, run)
  const rows = await asOwner<{ kind: string; recipient: string }>(
    `select kind, recipient from mail order by kind, recipient`,
  )
  return rows.map(({ kind, recipient }) => `${kind} ${recipient}`)
}
/** The text of a waiting mail, as it would go out. */
const textOf = async (kind: string, to: string) => {
  const tenant = await tenantById(w.quayline)
  if (!tenant) throw new Error('no tenant')
  const message = await asSystem(
    'test',
    async (db) => {
      const mail = await db
        .selectFrom('mail')
        .selectAll()
        .where('kind', '=', kind)
        .where('recipient', '=', to)
        .executeTakeFirstOrThrow()
      return composeMessage(db, { ...mail, expired: false, age: 0 }, tenant, 'portal@msp.example')
    },
    w.quayline,
  )
  return message?.text
}
const code = async () => proofCode(String((await change())?.id))

describe('phone, mobile and title', () => {
  test('count at once, and what was typed comes back when it can’t', async () => {
    const alice = await as(w.alice)
    const fields = { title: 'CTO <b>', phone: '+1 (206) 555-0142', mobile: '' }
    expect((await alice.post(paths.profile(), fields)).status).toBe(303)
    expect(await alices()).toMatchObject({ title: 'CTO <b>', phone: '+1 (206) 555-0142', mobile: null })
    const page = await alice.get(paths.profile())
    expect(page.text).toContain('value="CTO &lt;b&gt;"')
    for (const label of ['Job title', 'Office phone', 'Mobile', 'Name', 'E-mail'])
      expect(wordsOf(page)).toContain(label)
    const bad = await alice.post(paths.profile(), { ...fields, phone: 'call "me"', title: 'x'.repeat(201) })
    expect([bad.status, bad.text.includes('Check these 2 fields')]).toEqual([422, true])
    expect(bad.text).toContain('value="call &quot;me&quot;"')
    const [row] = await asOwner(`select actor_id, data from audit_event where action = 'profile.changed'`)
    expect(row?.actor_id).toBe(w.alice.id)
  })

  test('are hers alone, and need the permission', async () => {
    await (await as(w.alice)).post(paths.profile(), { title: 'Mine', id: w.amir.id, contact_id: w.amir.id })
    expect((await asOwner('select title from contact where id = $1', [w.amir.id]))[0]?.title).toBe(
      'Amir title',
    )
    await asOwner(
      `insert into role (tenant_id, id, name, permissions) values ($1, gen_random_uuid(), 'Bare', '{tickets:view}')`,
      [w.quayline],
    )
    await asOwner(`update contact set role_id = (select id from role where name = 'Bare') where id = $1`, [
      w.samAtAcme.id,
    ])
    const sam = await as(w.samAtAcme)
    expect((await sam.get(paths.home())).text).not.toContain(paths.profile())
    for (const answer of [
      await sam.get(paths.profile()),
      await sam.post(paths.profile(), { title: 'x' }),
      await sam.post(paths.profileChange(), { name: 'x' }),
    ])
      expect(answer.status).toBe(403)
  })
})

describe('another name', () => {
  test('waits for staff, who hear of it with her old address', async () => {
    const alice = await as(w.alice)
    expect(
      (await alice.post(paths.profileChange(), { name: 'Alice Cole', email: w.alice.email })).status,
    ).toBe(303)
    expect(await change()).toMatchObject({ state: 'waiting', name: 'Alice Cole', name_before: 'Alice' })
    expect((await alices())?.name).toBe('Alice')
    expect(wordsOf(await alice.get(paths.profile()))).toContain('Waiting for Quayline IT')
    expect(await jobs('profile:mail')).toContainEqual({ tenant: w.quayline, change: (await change())?.id })
    expect(await mails()).toEqual([
      'profile-asked alice@acme.example',
      'profile-waiting administratorstaff@msp.example',
      'profile-waiting managerstaff@msp.example',
    ])
    expect(await textOf('profile-waiting', 'managerstaff@msp.example')).toContain(
      'http://localhost:3000/staff/approvals',
    )
    expect((await alice.post(paths.profileChange(), { name: 'Another', email: w.alice.email })).status).toBe(
      409,
    )
    expect((await alice.post(paths.profileWithdrawal())).status).toBe(303)
    expect((await change())?.state).toBe('withdrawn')
    expect(wordsOf(await alice.get(paths.profile()))).not.toContain('Waiting for Quayline')
  })

  test('is checked as it is typed', async () => {
    const alice = await as(w.alice)
    const at = async (name: string, email: string) => {
      const answer = await alice.post(paths.profileChange(), { name, email })
      return [answer.status, answer.text.includes(`value="${email}"`)]
    }
    expect(await at('Alice', 'alice@acme.example')).toEqual([422, true])
    expect(await at('', 'new@acme.example')).toEqual([422, true])
    expect(await at('x'.repeat(201), 'new@acme.example')).toEqual([422, true])
    expect(await at('Alice', 'nobody')).toEqual([422, true])
    expect(await at('Alice', 'AMIR@acme.example')).toEqual([422, true])
    expect(await change()).toBeUndefined()
  })
})

describe('another address', () => {
  const ask = async () => {
    const alice = await as(w.alice)
    expect(
      (await alice.post(paths.profileChange(), { name: 'Alice', email: 'Cole@acme.example' })).status,
    ).toBe(303)
    return alice
  }

  test('answers first with the code that it alone was mailed', async () => {
    const alice = await ask()
    expect((await change())?.state).toBe('proving')
    expect(await mails()).toEqual(['profile-code Cole@acme.example'])
    const text = await textOf('profile-code', 'Cole@acme.example')
    expect(text?.replace(/\D/g, '')).toContain(await code())
    expect((await alice.get(paths.profile())).text).not.toContain(await code())
    const manager = await asStaff(w.staff.manager)
    expect(wordsOf(await manager.get(paths.staff.approvals()))).toContain('Nothing waits for you')
    expect((await manager.post(paths.staff.approval(String((await change())?.id)))).status).toBe(404)
    const digits = await code()
    expect(
      (await alice.post(paths.profileProof(), { code: `${digits.slice(0, 4)} ${digits.slice(4)}` })).status,
    ).toBe(303)
    expect((await change())?.state).toBe('waiting')
    expect((await alices())?.email).toBe('alice@acme.example')
    expect(await mails()).toContain('profile-asked alice@acme.example')
    expect((await alice.post(paths.profileProof(), { code: digits })).status).toBe(422)
  })

  test('not with another one, not after five tries, not too late', async () => {
    const alice = await ask()
    const right = await code()
    const wrong = right === '00000000' ? '00000001' : '00000000'
    expect((await alice.post(paths.profileProof(), { code: '12' })).text).toContain('Type all eight digits')
    for (let n = 0; n < 5; n++)
      expect((await alice.post(paths.profileProof(), { code: wrong })).status).toBe(422)
    expect((await alice.post(paths.profileProof(), { code: right })).status).toBe(422)
    expect((await change())?.state).toBe('proving')
    await ask() // a new request, a new code
    const next = await code()
    expect(next).not.toBe(right)
    expect((await alice.post(paths.profileProof(), { code: right })).status).toBe(422)
    await asOwner(
      `update profile_change set prove_until = now() - interval '1 second' where state = 'proving'`,
    )
    expect((await alice.post(paths.profileProof(), { code: next })).status).toBe(422)
    expect(wordsOf(await alice.get(paths.profile()))).toContain('time is over')
    expect(await asOwner(`select id from profile_change where state = 'waiting'`)).toEqual([])
  })

  test('is asked for five times an hour', async () => {
    const alice = await as(w.alice)
    for (let n = 0; n < 5; n++)
      expect(
        (await alice.post(paths.profileChange(), { name: 'Alice', email: `a${n}@acme.example` })).status,
      ).toBe(303)
    expect(
      (await alice.post(paths.profileChange(), { name: 'Alice', email: 'a6@acme.example' })).status,
    ).toBe(429)
  })
})

describe('staff decide', () => {
  const asked = async (email = 'cole@acme.example') => {
    await (await as(w.alice)).post(paths.profileChange(), { name: 'Alice Cole', email })
    if (email !== w.alice.email) await (await as(w.alice)).post(paths.profileProof(), { code: await code() })
    return String((await change())?.id)
  }

  test('approved: name and address are hers, told to both, and her session stays', async () => {
    const token = await sessionOf(w.alice)
    const alice = browser(`portal=${token}`, token)
    const id = await asked()
    const manager = await asStaff(w.staff.manager)
    const queue = await manager.get(paths.staff.approvals())
    for (const text of [
      'Alice Cole',
      'cole@acme.example',
      'alice@acme.example',
      'Acme',
      'the new address is confirmed',
    ])
      expect(queue.text).toContain(text)
    expect((await manager.post(paths.staff.approval(id))).status).toBe(303)
    expect(await alices()).toMatchObject({
      name: 'Alice Cole',
      email: 'cole@acme.example',
      email_key: 'cole@acme.example',
    })
    expect((await alice.get(paths.home())).text).toContain('Alice Cole')
    await asOwner('delete from mail')
    expect(await mails()).toEqual(['profile-decided alice@acme.example', 'profile-decided cole@acme.example'])
    expect(await textOf('profile-decided', 'alice@acme.example')).toContain('sign in with cole@acme.example')
    expect((await manager.post(paths.staff.approval(id))).status).toBe(409)
    expect((await manager.post(paths.staff.refusal(id), { reason: 'No' })).status).toBe(409)
    const [row] = await asOwner(
      `select actor_id, company_id, data from audit_event where action = 'profile.approved'`,
    )
    expect(row).toMatchObject({
      actor_id: w.staff.manager.id,
      company_id: w.acme,
      data: { before: { email: 'alice@acme.example' }, after: { email: 'cole@acme.example' } },
    })
    expect(wordsOf(await manager.get(paths.staff.approvals({ show: 'decided' })))).toContain('managerStaff')
  })

  test('refused: nothing changes, and she reads why', async () => {
    const id = await asked()
    const manager = await asStaff(w.staff.manager)
    const empty = await manager.post(paths.staff.refusal(id), { reason: '  ' })
    expect([empty.status, empty.text.includes('Say why')]).toEqual([422, true])
    expect((await manager.post(paths.staff.refusal(id), { reason: 'Call us <b>' })).status).toBe(303)
    expect((await alices())?.email).toBe('alice@acme.example')
    expect((await (await as(w.alice)).get(paths.profile())).text).toContain('Call us &lt;b&gt;')
    await asOwner('delete from mail')
    expect(await mails()).toEqual(['profile-decided alice@acme.example', 'profile-decided cole@acme.example'])
    expect(await textOf('profile-decided', 'alice@acme.example')).toContain('Call us <b>')
  })

  test('an address that somebody else got meanwhile is not given twice', async () => {
    const id = await asked()
    await asOwner(
      `update contact set email = 'cole@acme.example', email_key = 'cole@acme.example' where id = $1`,
      [w.uninvited.id],
    )
    const answer = await (await asStaff(w.staff.manager)).post(paths.staff.approval(id))
    expect([answer.status, answer.text.includes('has the new address by now')]).toEqual([422, true])
    expect((await alices())?.email).toBe('alice@acme.example')
    await asOwner(
      `update contact set email = 'nora@acme.example', email_key = 'nora@acme.example' where id = $1`,
      [w.uninvited.id],
    )
  })

  test('only those who may, of this tenant', async () => {
    const id = await asked(w.alice.email)
    for (const who of [w.staff.viewer, w.staff.technician]) {
      const at = await asStaff(who)
      for (const answer of [
        await at.get(paths.staff.approvals()),
        await at.post(paths.staff.approval(id)),
        await at.post(paths.staff.refusal(id), { reason: 'No' }),
      ])
        expect(answer.status).toBe(403)
    }
    const harbor = await asStaff(w.harborStaff)
    expect((await harbor.get(paths.staff.approvals())).text).not.toContain('Alice')
    for (const path of [paths.staff.approval, paths.staff.refusal])
      expect((await harbor.post(path(id), { reason: 'No' })).status).toBe(404)
    expect((await change())?.state).toBe('waiting')
  })

  test('and a contact’s own role can’t decide for her, even in SQL', async () => {
    const id = await asked(w.alice.email)
    const client = await pool('portal').connect()
    try {
      await client.query(
        `begin; set local app.tenant = '${w.quayline}'; set local app.company = '${w.acme}'; set local app.contact = '${w.alice.id}'; set local app.tickets = 'own'`,
      )
      await expect(
        client.query(`update profile_change set state = 'approved' where id = $1`, [id]),
      ).rejects.toThrow(/row-level security/)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})
