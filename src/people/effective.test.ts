import { beforeAll, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { as, asStaff, giveRole, type Person, type World, world } from '#test/world.ts'

let w: World
let manager: Awaited<ReturnType<typeof asStaff>>
beforeAll(async () => {
  w = await world()
  manager = await asStaff(w.staff.manager)
})

const numberOf = async (ticket: { id: string }) =>
  String((await asOwner('select number from ticket where id = $1', [ticket.id]))[0]?.number)

/** What the explainer says, and whether the portal says the same to herself. */
const asked = async (who: Person, ticket: { id: string }, record: string) => {
  const page = await manager.get(paths.staff.contactAccess(who.id, { record }))
  expect(page.status).toBe(200)
  const number = await numberOf(ticket)
  const says = page.text.includes(`${who.name} can see #${number}`)
  if (!says) expect(page.text).toMatch(new RegExp(`${who.name} can.{1,6}t see #${number}`))
  const really = (await (await as(who)).get(paths.ticket(ticket.id))).status === 200
  expect(says).toBe(really)
  return { says, text: page.text }
}

test('the page names every permission, and the role it comes from', async () => {
  const page = await manager.get(paths.staff.contactAccess(w.alice.id))
  for (const text of ['What Alice can see and do', 'by User', 'not in User', 'See own tickets'])
    expect(page.text).toContain(text)
  const disabled = await manager.get(paths.staff.contactAccess(w.disabled.id))
  expect(disabled.text).toContain('Dan is disabled')
  expect(disabled.text).not.toContain('by Admin')
})

test('the explainer and the portal agree, for each role and kind of ticket', async () => {
  const { alices, amirs, confidential, bobs } = w.tickets
  const people = [
    w.alice,
    w.roles.viewer,
    w.roles.approver,
    w.roles.manager,
    w.roles.admin,
    w.bob,
    w.disabled,
  ]
  for (const who of people)
    for (const ticket of [alices, amirs, confidential, bobs]) await asked(who, ticket, await numberOf(ticket))
})

test('it takes numbers and addresses, and says what the rules looked at', async () => {
  const { amirs, confidential, bobs } = w.tickets
  const notHers = await asked(w.alice, amirs, `#${await numberOf(amirs)}`)
  expect([notHers.says, notHers.text.includes('Alice is not on this ticket.')]).toEqual([false, true])
  const secret = await asked(
    w.roles.manager,
    confidential,
    `https://portal.example/portal/tickets/${confidential.id}?x=1`,
  )
  expect([secret.says, secret.text.includes('The ticket is confidential.')]).toEqual([false, true])
  const other = await asked(w.roles.admin, bobs, `/staff/tickets/${bobs.id}`)
  expect([other.says, other.text.includes('The ticket belongs to Bolt')]).toEqual([false, true])
  await giveRole(w.alice, 'approver')
  expect((await asked(w.alice, amirs, amirs.id)).says).toBe(true)
})

test("another tenant's ticket is as unknown as none, and nonsense is said to be", async () => {
  const explained = async (record: string) =>
    (await manager.get(paths.staff.contactAccess(w.alice.id, { record }))).text
  const { zoes } = w.tickets
  for (const record of [zoes.id, '0198aaaa-0000-7000-8000-000000000000', '999999'])
    expect(await explained(record)).toContain('There is no such ticket.')
  expect(await explained('<script>')).toContain('Type a number such as 4812')
  expect(await explained('<script>')).not.toContain('<script>"')
  expect((await manager.get(paths.staff.contactAccess(w.zoe.id))).status).toBe(404)
  const technician = await asStaff(w.staff.technician)
  expect((await technician.get(paths.staff.contactAccess(w.alice.id))).status).toBe(403)
})
