import { pino } from 'pino'
import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { aRun } from '#src/jobs/test-ground.ts'
import { paths } from '#src/paths.ts'
import { notify, welcome } from '#src/tickets/notify.ts'
import { asOwner } from '#test/database.ts'
import { hire, staffAnswer } from '#test/staff.ts'
import { seedTicket } from '#test/tickets.ts'
import { as, type Person, type World, world } from '#test/world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const run = aRun(pino({ level: 'silent' }))
const mailsAbout = (message: string) =>
  asOwner<{ recipient: string; contact_id: string }>(
    `select * from mail where data->>'message' = $1 or data->>'ticket' = $1 order by recipient`,
    [message],
  )
/** A ticket that these people are on. */
const shared = async (...people: Person[]) => {
  const { id } = await seedTicket(w.alice, { subject: 'Shared', body: 'x' })
  for (const who of people)
    await asOwner('update ticket set visible_to = visible_to || $2::uuid where id = $1', [id, who.id])
  return id
}

test("a staff member's answer is mailed to everybody on the ticket who can read it", async () => {
  const id = await shared(w.amir, w.disabled, w.uninvited, w.samAtAcme)
  await asOwner('update contact set archived_at = now() where id = $1', [w.samAtAcme.id])
  const message = await staffAnswer(w.quayline, await hire(w.quayline, 'Tess'), id, { body: 'Hello' })
  await notify.perform({ tenant: w.quayline, message }, run)
  const mails = await mailsAbout(message)
  expect(mails.map((mail) => mail.recipient)).toEqual(['alice@acme.example', 'amir@acme.example'])
  expect(mails[0]).toMatchObject({
    kind: 'ticket-message',
    tenant_id: w.quayline,
    thread: id,
    contact_id: w.alice.id,
    state: 'queued',
  })
  expect(JSON.stringify(mails)).not.toContain('Hello') // rendered when it is sent

  await notify.perform({ tenant: w.quayline, message }, run)
  expect(await mailsAbout(message)).toHaveLength(2)
})

test("a contact's own message is not mailed to herself", async () => {
  const id = await shared(w.amir)
  const answer = await (await as(w.amir)).post(paths.ticketReplies(id), { body: 'x' })
  const message = answer.location?.split('#m-')[1] ?? ''
  await notify.perform({ tenant: w.quayline, message }, run)
  expect((await mailsAbout(message)).map((mail) => mail.contact_id)).toEqual([w.alice.id])
})

test('an internal note is mailed to nobody, nor is one that is gone or of another tenant', async () => {
  const id = await shared(w.amir)
  const note = await staffAnswer(w.quayline, await hire(w.quayline, 'Tom'), id, { body: 'x', internal: true })
  await notify.perform({ tenant: w.quayline, message: note }, run)
  await notify.perform({ tenant: w.quayline, message: uuidv7() }, run)
  await notify.perform({ tenant: w.harbor, message: w.tickets.alices.message }, run)
  expect([...(await mailsAbout(note)), ...(await mailsAbout(w.tickets.alices.message))]).toEqual([])
})

test('who was added hears of it once, if she can sign in', async () => {
  const id = await shared(w.amir)
  for (const contact of [w.amir.id, w.amir.id, w.uninvited.id, w.disabled.id, w.zoe.id])
    await welcome.perform({ tenant: w.quayline, ticket: id, contact, by: w.alice.id }, run)
  expect(await mailsAbout(id)).toMatchObject([
    { kind: 'ticket-added', recipient: 'amir@acme.example', thread: id },
  ])
})
