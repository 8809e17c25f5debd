import { uuidv7 } from 'uuidv7'
import { beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { filesIn, ticketsIn, valuesOf, wordsOf } from '#test/pages.ts'
import { jobs } from '#test/queue.ts'
import { type Answer, as, type Fields, type World, world } from '#test/world.ts'

let w: World
let categories: { id: string; name: string; confidential: boolean }[]
beforeAll(async () => {
  w = await world()
  categories = await asOwner(
    'select id, name, confidential from category where tenant_id = $1 order by position',
    [w.quayline],
  )
})

const send = async (fields: Fields, who = w.alice) => (await as(who)).post(paths.tickets(), fields)
const idOf = (answer: Answer) => {
  expect([answer.status, answer.location]).toEqual([
    303,
    expect.stringMatching(/^\/portal\/tickets\/[0-9a-f-]{36}$/),
  ])
  return answer.location?.split('/').at(-1) ?? ''
}
const ticket = async (id: string) => (await asOwner('select * from ticket where id = $1', [id]))[0]
const howMany = async (subject: string) =>
  (await asOwner('select from ticket where subject = $1', [subject])).length
const category = (confidential: boolean) =>
  categories.find((row) => row.confidential === confidential)?.id ?? ''

describe('a new ticket', () => {
  test('has what was typed, a number of its tenant, and tells the others', async () => {
    const answer = await send({
      subject: '  Screen is dark  ',
      body: 'Since 9.\r\nNo light.',
      priority: 'high',
      category: category(false),
      files: new File(['hello'], 'note.txt', { type: 'text/plain' }),
    })
    const id = idOf(answer)
    expect(await ticket(id)).toMatchObject({
      tenant_id: w.quayline,
      company_id: w.acme,
      subject: 'Screen is dark',
      status: 'new',
      priority: 'high',
      category_id: category(false),
      requester_id: w.alice.id,
      confidential: false,
      visible_to: [w.alice.id],
      via: 'portal',
      excerpt: 'Since 9. No light.',
    })
    const page = await (await as(w.alice)).get(paths.ticket(id))
    expect(page.text).toContain('Since 9.\nNo light.')
    expect(wordsOf(page)).toContain('note.txt')
    const [message] = await asOwner<{ id: string }>('select id from ticket_message where ticket_id = $1', [
      id,
    ])
    expect(await jobs('tickets:notify')).toContainEqual({ tenant: w.quayline, message: message?.id })
    expect(answer.cookies.join()).toContain('portal-flash=tickets.new.done')
  })

  test('counts for each tenant by itself', async () => {
    const numbers = async (who = w.alice) =>
      Number((await ticket(idOf(await send({ subject: 'Count', body: 'x' }, who))))?.number)
    const [first, second] = [await numbers(), await numbers()]
    expect(second).toBe(first + 1)
    const others = await asOwner<{ n: number }>(
      'select max(number)::int as n from ticket where tenant_id = $1',
      [w.harbor],
    )
    expect(await numbers(w.zoe)).toBe((others[0]?.n ?? 0) + 1)
  })

  test('of a confidential kind is seen by her and by who may see such', async () => {
    const id = idOf(await send({ subject: 'Salary', body: 'x', category: category(true) }))
    expect(await ticket(id)).toMatchObject({ confidential: true })
    const seen = async (who = w.alice) => (await (await as(who)).get(paths.ticket(id))).status
    expect([
      await seen(),
      await seen(w.roles.admin),
      await seen(w.roles.approver),
      await seen(w.amir),
    ]).toEqual([200, 200, 404, 404])
  })

  test('for a colleague is his, and both get the answers', async () => {
    const id = idOf(await send({ subject: 'For Amir', body: 'x', for: w.amir.id }, w.roles.manager))
    expect(await ticket(id)).toMatchObject({
      requester_id: w.amir.id,
      visible_to: [w.amir.id, w.roles.manager.id],
    })
    expect((await (await as(w.amir)).get(paths.ticket(id))).status).toBe(200)
    const form = await (await as(w.roles.manager)).get(paths.newTicket())
    expect(form.text).toContain(`value="${w.amir.id}"`)
    expect(form.text).not.toContain(w.disabled.id)
  })

  test('for a colleague needs the permission', async () => {
    const answer = await send({ subject: 'Sneaky', body: 'x', for: w.amir.id })
    expect(answer.status).toBe(403)
    expect(await howMany('Sneaky')).toBe(0)
    expect((await (await as(w.alice)).get(paths.newTicket())).text).not.toContain(w.amir.id)
    expect((await send({ subject: 'For herself', body: 'x', for: w.alice.id })).status).toBe(303)
  })

  test('reaches the desk also from a role that opens no ticket page', async () => {
    const [role] = await asOwner<{ id: string }>(
      `insert into role (tenant_id, id, name, permissions) values ($1, gen_random_uuid(), 'Asks only', '{tickets:create}') returning id`,
      [w.quayline],
    )
    await asOwner('update contact set role_id = $2 where id = $1', [w.samAtAcme.id, role?.id])
    const id = idOf(await send({ subject: 'Asked only', body: 'x' }, w.samAtAcme))
    expect(await ticket(id)).toMatchObject({ requester_id: w.samAtAcme.id })
    expect((await (await as(w.samAtAcme)).get(paths.ticket(id))).status).toBe(403)
  })

  test('may be begun from a link with its subject', async () => {
    const form = await (await as(w.alice)).get(`${paths.newTicket()}?subject=About%20%22it%22`)
    expect(valuesOf(form, 'subject')).toEqual(['About "it"'])
  })
})

describe('a form that can not be used', () => {
  const refused = async (fields: Fields, sentence: string, who = w.roles.manager) => {
    const answer = await send(fields, who)
    expect([answer.status, wordsOf(answer)]).toEqual([422, expect.stringContaining(sentence)])
    return answer
  }

  test('names each field', async () => {
    const words = wordsOf(
      await refused({ subject: ' ', body: '\n', priority: 'huge' }, 'Check these 3 fields'),
    )
    expect(words.match(/This is needed\./g)?.length).toBeGreaterThanOrEqual(3)
    expect(words).toContain('What happened? – This is needed.')
    await refused({ subject: 'S', body: 'B', category: uuidv7() }, 'Choose a type from the list.')
    await refused({ subject: 'S', body: 'B', category: 'x' }, 'Choose a type from the list.')
    const [{ id: harbors = '' } = {}] = await asOwner<{ id: string }>(
      'select id from category where tenant_id = $1 limit 1',
      [w.harbor],
    )
    await refused({ subject: 'S', body: 'B', category: harbors }, 'Choose a type from the list.')
    for (const person of [uuidv7(), 'x', w.bob.id, w.zoe.id, w.disabled.id])
      await refused({ subject: 'S', body: 'B', for: person }, 'Choose a colleague from the list.')
    expect(await howMany('S')).toBe(0)
  })

  test('says by how much a text is too long', async () => {
    await refused({ subject: 'x'.repeat(201), body: 'B' }, 'This is 1 character too long (at most 200).')
    await refused(
      { subject: 'S', body: 'x'.repeat(50_017) },
      'This is 17 characters too long (at most 50000).',
    )
    expect((await send({ subject: 'x'.repeat(200), body: 'y'.repeat(50_000) })).status).toBe(303)
  })

  test('comes back with everything that was typed', async () => {
    const typed = {
      subject: 'Long "quoted" <b>subject</b> '.repeat(10),
      body: '  First line\n\n<script>second</script> & last  ',
      priority: 'urgent',
      category: category(false),
      for: w.amir.id,
    }
    const answer = await refused(typed, 'too long')
    for (const [name, value] of Object.entries(typed))
      expect([name, valuesOf(answer, name)]).toEqual([name, [value]])
    expect(valuesOf(answer, 'once')[0]).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('does not come from who has no form', async () => {
    expect((await send({ subject: 'No', body: 'No' }, w.roles.viewer)).status).toBe(403)
    expect(await howMany('No')).toBe(0)
  })
})

describe('the same sending twice', () => {
  test('is one ticket, and both answers lead to it', async () => {
    const fields = { subject: 'Once', body: 'x', once: uuidv7() }
    const [first, second] = [await send(fields), await send(fields)]
    expect(idOf(second)).toBe(idOf(first))
    expect(await howMany('Once')).toBe(1)
  })

  test('of twenty at the same time is one ticket', async () => {
    const fields = { subject: 'Twenty', body: 'x', once: uuidv7() }
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(fields)))
    expect(new Set(answers.map(idOf)).size).toBe(1)
    expect(await howMany('Twenty')).toBe(1)
  })

  test('with another content is refused, and nothing is done', async () => {
    const once = uuidv7()
    idOf(await send({ subject: 'First content', body: 'x', once }))
    expect((await send({ subject: 'Other content', body: 'x', once })).status).toBe(409)
    expect((await send({ subject: 'First content', body: 'y', once })).status).toBe(409)
    expect((await send({ subject: 'First content', body: 'x', priority: 'low', once })).status).toBe(409)
    expect(
      (await send({ subject: 'First content', body: 'x', files: new File(['a'], 'a.txt'), once })).status,
    ).toBe(409)
    expect([await howMany('First content'), await howMany('Other content')]).toEqual([1, 0])
  })

  test('by somebody else is her own', async () => {
    const fields = { subject: 'Shared key', body: 'x', once: uuidv7() }
    expect(idOf(await send(fields))).not.toBe(idOf(await send(fields, w.roles.user)))
    expect(await howMany('Shared key')).toBe(2)
  })

  test('is done the first time, if it was refused before', async () => {
    const once = uuidv7()
    expect((await send({ subject: '', body: 'x', once })).status).toBe(422)
    idOf(await send({ subject: 'Second try', body: 'x', once }))
    expect(await howMany('Second try')).toBe(1)
  })

  test('without a key, or with none that counts, is a ticket each', async () => {
    for (const once of ['', 'x']) idOf(await send({ subject: 'No key', body: 'x', once }))
    expect(await howMany('No key')).toBe(2)
  })
})

test('every sort of sign arrives as it was typed', async () => {
  const signs = 'Ünïcödé 漢字 العربية עברית 👩‍👩‍👧 \u202e\u2066 \ufeff ﷽ ́́ \\ \' " ` $1 {{x}} %s <b>'
  const id = idOf(await send({ subject: signs, body: signs }))
  expect(await ticket(id)).toMatchObject({ subject: signs })
  expect((await ticket(idOf(await send({ subject: 'nul\0l', body: 'a\0b' }))))?.subject).toBe('null')
  const page = await (await as(w.alice)).get(paths.tickets({ q: '漢字' }))
  expect(ticketsIn(page)).toEqual([id])
  expect(filesIn(page)).toEqual([])
})
