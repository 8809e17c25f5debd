import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openStreams } from '#src/live/hub.ts'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { jobs } from '#test/queue.ts'
import { seedTicket } from '#test/tickets.ts'
import {
  as,
  asStaff,
  giveRole,
  ORIGIN,
  type Person,
  type StaffPerson,
  sessionOf,
  staffSessionOf,
  type World,
  world,
} from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
  await vi.waitFor(() => expect(openStreams()).toBe(0))
})

type Heard = { event: string; data: { ticket?: string } }

/** A browser's stream; `heard` grows by itself. */
const listenAt = async (path: string, cookie: string, headers: Record<string, string> = {}) => {
  const answer = await w.app.request(ORIGIN + path, {
    headers: { host: 'localhost:3000', accept: 'text/event-stream', cookie, ...headers },
  })
  const heard: Heard[] = []
  const state = { over: false }
  const reader = answer.body?.getReader()
  let rest = ''
  const pump = async () => {
    while (reader) {
      const { done, value } = await reader.read()
      if (done) break
      rest += new TextDecoder().decode(value)
      const blocks = rest.split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
        const [event, data] = [field('event'), field('data')]
        if (event && data) heard.push({ event, data: JSON.parse(data) })
      }
    }
    state.over = true
  }
  void pump().catch(() => {
    state.over = true
  })
  open.push(async () => void (await reader?.cancel().catch(() => {})))
  if (answer.status === 200) await vi.waitFor(() => expect(heard.map((one) => one.event)).toContain('ready'))
  const tickets = () => heard.filter(({ event }) => event === 'ticket').map(({ data }) => data.ticket)
  return { answer, heard, tickets, state }
}
const later = () => String(Date.now() + 60_000)
const contact = async (who: Person, since = later(), more = '') =>
  listenAt(`${paths.live()}?since=${since}${more}`, `portal=${await sessionOf(who)}`)
const staffer = async (who: StaffPerson) =>
  listenAt(`${paths.staff.live()}?since=${later()}`, `staff=${await staffSessionOf(who)}`)
const ticketOf = async (who: Person, confidential = false) =>
  (await seedTicket(who, { subject: 'Live', body: 'x', confidential })).id
const reply = async (id: string, body = 'Hello') =>
  (await asStaff(w.staff.technician)).post(paths.staff.ticketReplies(id), { body })
const note = async (id: string) =>
  (await asStaff(w.staff.technician)).post(paths.staff.ticketNotes(id), { body: 'x' })

describe('news', () => {
  test('of a reply reach the other side, and nobody who may not see the ticket', async () => {
    const id = await ticketOf(w.alice)
    const [alice, amir, admin, bob, zoe, desk, harbor] = await Promise.all([
      contact(w.alice),
      contact(w.amir),
      contact(w.roles.admin),
      contact(w.bob),
      contact(w.zoe),
      staffer(w.staff.viewer),
      staffer(w.harborStaff),
    ])
    const started = performance.now()
    await reply(id)
    await vi.waitFor(() => expect(alice.tickets()).toEqual([id]), 2_000)
    expect(performance.now() - started).toBeLessThan(2_000)
    await (await as(w.alice)).post(paths.ticketReplies(id), { body: 'Thanks' })
    await vi.waitFor(() => expect(desk.tickets()).toEqual([id, id]), 2_000)
    await vi.waitFor(() => expect(alice.tickets()).toEqual([id, id]), 2_000)
    await vi.waitFor(() => expect(admin.tickets()).toEqual([id, id]), 2_000)
    // what came later to them proves that the earlier news was not for them
    for (const [stream, who] of [
      [amir, w.amir],
      [bob, w.bob],
      [zoe, w.zoe],
    ] as const) {
      const own = await ticketOf(who)
      await (await as(who)).post(paths.ticketReplies(own), { body: 'own' })
      await vi.waitFor(() => expect(stream.tickets()).toContain(own), 2_000)
      expect(stream.tickets()).not.toContain(id)
    }
    await vi.waitFor(() => expect(harbor.tickets()).toHaveLength(1), 2_000)
    expect(harbor.tickets()).not.toContain(id)
    expect(JSON.stringify([alice.heard, desk.heard])).not.toContain('Hello')
  })

  test('of an internal note reach the desk alone', async () => {
    const id = await ticketOf(w.alice)
    const [alice, desk] = await Promise.all([contact(w.alice), staffer(w.staff.manager)])
    await note(id)
    await vi.waitFor(() => expect(desk.tickets()).toEqual([id]), 2_000)
    await reply(id)
    await vi.waitFor(() => expect(alice.tickets()).toEqual([id]), 2_000)
    expect(await jobs('tickets:notify')).not.toHaveLength(0)
  })

  test('that were missed come when the browser is back', async () => {
    const id = await ticketOf(w.alice)
    await asOwner(`update ticket set updated_at = now() - interval '1 hour' where company_id = $1`, [w.acme])
    const before = Date.now()
    const quiet = await contact(w.alice, String(before + 10_000))
    expect(quiet.tickets()).toEqual([])
    await reply(id)
    const token = `portal=${await sessionOf(w.alice)}`
    const back = await listenAt(paths.live(), token, { 'last-event-id': String(before) })
    expect(back.tickets()).toEqual([id])
    const stranger = await contact(w.amir, String(before))
    expect(stranger.tickets()).toEqual([])
  })
})

describe('a stream ends', () => {
  test('when its session does', async () => {
    const id = await ticketOf(w.alice)
    const token = await sessionOf(w.alice)
    const stream = await listenAt(`${paths.live()}?since=${later()}`, `portal=${token}`)
    await asOwner('update session set ended_at = now() where contact_id = $1', [w.alice.id])
    await reply(id)
    await vi.waitFor(() => expect(stream.state.over).toBe(true), 2_000)
    expect(stream.heard.map(({ event }) => event)).toEqual(['ready', 'over'])
  })

  test('when tickets are taken from the role, and a narrower role hears less at once', async () => {
    const id = await ticketOf(w.amir)
    const stream = await contact(w.roles.manager)
    await reply(id)
    await vi.waitFor(() => expect(stream.tickets()).toEqual([id]), 2_000)
    await giveRole(w.roles.manager, 'user')
    const own = await ticketOf(w.roles.manager)
    await reply(id)
    await reply(own)
    await vi.waitFor(() => expect(stream.tickets()).toContain(own), 2_000)
    expect(stream.tickets()).toEqual([id, own])
    await asOwner('update contact set role_id = null where id = $1', [w.roles.manager.id])
    await reply(own)
    await vi.waitFor(() => expect(stream.state.over).toBe(true), 2_000)
  })
})

describe('the door', () => {
  test('opens for sessions alone, and holds no one who came by mistake', async () => {
    const nobody = await listenAt(paths.live(), 'portal=x')
    expect([nobody.answer.status, nobody.answer.headers.get('location')]).toEqual([
      303,
      expect.stringContaining(paths.login()),
    ])
    expect((await listenAt(paths.staff.live(), 'staff=x')).answer.status).toBe(303)
    expect((await listenAt(paths.staff.live(), `portal=${await sessionOf(w.alice)}`)).answer.status).toBe(303)
    expect((await (await as(w.bob)).get(paths.live())).status).toBe(204)
    expect((await (await asStaff(w.staff.viewer)).get(paths.staff.live())).status).toBe(204)
  })

  test('lets one person have eight streams, and does not count them as her being here', async () => {
    const token = await sessionOf(w.samAtBolt)
    await asOwner(`update session set last_seen_at = now() - interval '5 minutes' where contact_id = $1`, [
      w.samAtBolt.id,
    ])
    const statuses: number[] = []
    for (let n = 0; n < 9; n++)
      statuses.push((await listenAt(`${paths.live()}?since=${later()}`, `portal=${token}`)).answer.status)
    expect(statuses).toEqual([...new Array(8).fill(200), 429])
    const [seen] = await asOwner<{ long: boolean }>(
      `select last_seen_at < now() - interval '4 minutes' as long from session where contact_id = $1`,
      [w.samAtBolt.id],
    )
    expect(seen?.long).toBe(true)
  })
})
