import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, test } from 'vitest'
import { cookieIn, previewOf, REASON } from '#src/impersonation/test-ground.ts'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { asStaff, browser, staffSessionOf, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const audited = (action: string) =>
  asOwner<{ actor_id: string; on_behalf_id: string; company_id: string; object_id: string; data: object }>(
    'select * from audit_event where action = $1 order by at, id',
    [action],
  )

describe('a preview needs', () => {
  test('the permission (IM-01)', async () => {
    for (const who of [w.staff.viewer, w.staff.technician]) {
      const at = await asStaff(who)
      expect((await at.get(paths.staff.preview(w.alice.id))).status).toBe(403)
      expect((await at.post(paths.staff.preview(w.alice.id), { reason: REASON })).status).toBe(403)
    }
    expect((await (await asStaff(w.staff.manager)).get(paths.staff.preview(w.alice.id))).status).toBe(200)
  })

  test('the second factor of the last five minutes', async () => {
    const token = await staffSessionOf(w.staff.manager)
    const at = browser(`staff=${token}`, token)
    await asOwner(`update staff_session set proved_at = now() - interval '6 minutes'`)
    const page = await at.get(paths.staff.preview(w.alice.id))
    expect([page.status, page.location?.startsWith(paths.staff.proof())]).toEqual([303, true])
    expect((await at.post(paths.staff.preview(w.alice.id), { reason: REASON })).status).toBe(422)
    expect(await asOwner('select id from preview_session')).toEqual([])
  })

  test('a reason of ten characters, which is kept as typed', async () => {
    const at = await asStaff(w.staff.manager)
    for (const reason of ['', 'too short', '   padding   ', 'x'.repeat(501)]) {
      const answer = await at.post(paths.staff.preview(w.alice.id), { reason })
      expect([reason, answer.status]).toEqual([reason, 422])
      if (reason) expect(answer.text).toContain(reason.trim())
    }
    expect(await asOwner('select id from preview_session')).toEqual([])
  })

  test('a contact of this tenant who could come in herself (IM-12)', async () => {
    const at = await asStaff(w.staff.administrator)
    for (const id of [w.zoe.id, uuidv7(), w.staff.viewer.id]) {
      expect((await at.get(paths.staff.preview(id))).status).toBe(404)
      expect((await at.post(paths.staff.preview(id), { reason: REASON })).status).toBe(404)
    }
    for (const { id } of [w.disabled, w.uninvited]) {
      expect((await at.get(paths.staff.preview(id))).text).not.toContain('<textarea')
      expect((await at.post(paths.staff.preview(id), { reason: REASON })).status).toBe(422)
    }
    expect(await asOwner('select id from preview_session')).toEqual([])
  })
})

describe('the hand-off', () => {
  test('opens once, in the staff session that asked', async () => {
    const { id, at, opened } = await previewOf(w.staff.manager, w.alice)
    expect(opened.cookies.find((line) => line.startsWith('preview='))).toMatch(
      /^preview=[\w-]{64}; Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    const again = await at.post(paths.staff.previewOpening(id))
    expect([again.status, cookieIn(again, 'preview')]).toEqual([409, undefined])
    const elsewhere = await asStaff(w.staff.manager)
    const asked = await at.post(paths.staff.preview(w.alice.id), { reason: REASON })
    const next = asked.location?.split('/').pop() ?? ''
    const taken = await elsewhere.post(paths.staff.previewOpening(next))
    expect([taken.status, cookieIn(taken, 'preview')]).toEqual([409, undefined])
    for (const who of [w.staff.administrator, w.harborStaff]) {
      const other = await asStaff(who)
      for (const answer of [
        await other.get(paths.staff.handOff(next)),
        await other.post(paths.staff.previewOpening(next)),
        await other.post(paths.staff.previewEnding(next)),
      ])
        expect(answer.status).toBe(404)
    }
    expect((await at.post(paths.staff.previewOpening(next))).status).toBe(303)
  })

  test('opens for a minute', async () => {
    const at = await asStaff(w.staff.manager)
    const asked = await at.post(paths.staff.preview(w.alice.id), { reason: REASON })
    expect((await at.get(asked.location ?? '')).status).toBe(200)
    await asOwner(
      `update preview_session set created_at = created_at - interval '61 seconds', hand_off_until = hand_off_until - interval '61 seconds'`,
    )
    const late = await at.get(asked.location ?? '')
    expect([late.status, late.text.includes('target="_blank"')]).toEqual([409, false])
    expect((await at.post(`${asked.location}/opening`)).status).toBe(409)
  })

  test('gives fifty presses one preview', async () => {
    const at = await asStaff(w.staff.manager)
    const asked = await at.post(paths.staff.preview(w.alice.id), { reason: REASON })
    const presses = Array.from({ length: 50 }, () => at.post(`${asked.location}/opening`))
    const cookies = (await Promise.all(presses)).map((answer) => cookieIn(answer, 'preview')).filter(Boolean)
    expect(cookies).toHaveLength(1)
  })
})

describe('of one person', () => {
  test('one runs at a time: the next ends the one before (IM-03)', async () => {
    const first = await previewOf(w.staff.manager, w.alice)
    expect((await first.seen.get(paths.home())).status).toBe(200)
    const second = await previewOf(w.staff.manager, w.bob)
    expect((await first.seen.get(paths.home())).status).toBe(401)
    expect((await second.seen.get(paths.home())).status).toBe(200)
    const running = await asOwner('select id from preview_session where ended_at is null and staff_id = $1', [
      w.staff.manager.id,
    ])
    expect(running).toEqual([{ id: second.id }])
    await expect(
      asOwner(
        `insert into preview_session (tenant_id, id, staff_id, staff_session_id, company_id, contact_id, reason, hand_off_until)
          select tenant_id, gen_random_uuid(), staff_id, staff_session_id, company_id, contact_id, reason, now() from preview_session where id = $1`,
        [second.id],
      ),
    ).rejects.toThrow(/preview_session_one/)
  })

  test('none starts from inside another: the portal has no staff app', async () => {
    const { token, seen } = await previewOf(w.staff.manager, w.roles.admin)
    const inside = browser(`preview=${token}`, token)
    expect((await inside.get(paths.staff.preview(w.bob.id))).location).toMatch('/staff/login')
    expect((await seen.get('/portal/staff')).status).toBe(404)
  })

  test('start and end are written down with it, or nothing happens (IM-02)', async () => {
    const { id, at, seen } = await previewOf(w.staff.manager, w.alice)
    const [start] = (await audited('preview.started')).filter((row) => row.object_id === id)
    const facts = { actor_id: w.staff.manager.id, on_behalf_id: w.alice.id, company_id: w.acme }
    expect(start).toMatchObject({ ...facts, data: { reason: REASON } })
    const stopped = await at.post(paths.staff.previewEnding(id))
    expect([stopped.status, stopped.location]).toEqual([303, paths.staff.contact(w.alice.id)])
    expect(cookieIn(stopped, 'preview')).toBe('')
    expect((await seen.get(paths.home())).status).toBe(401)
    const ends = (await audited('preview.ended')).filter((row) => row.object_id === id)
    expect(ends).toHaveLength(1)
    expect(ends[0]).toMatchObject({ ...facts, data: { why: 'stopped' } })

    await asOwner(
      `alter table audit_event add constraint closed check (action <> 'preview.started') not valid`,
    )
    const asked = await at.post(paths.staff.preview(w.alice.id), { reason: REASON })
    const refused = await at.post(`${asked.location}/opening`)
    expect([refused.status, cookieIn(refused, 'preview')]).toEqual([500, undefined])
    expect(
      await asOwner('select started_at, token_hash from preview_session where id = $1', [
        asked.location?.split('/').pop(),
      ]),
    ).toEqual([{ started_at: null, token_hash: null }])
    await asOwner('alter table audit_event drop constraint closed')
  })
})
