import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '#src/paths.ts'
import { as, type World, world } from '#test/world.ts'

describe('what one person may send', () => {
  let here: World
  beforeAll(async () => {
    here = await world({ WRITE_LIMIT: '10', UPLOAD_LIMIT: '10' })
  })

  it('the eleventh write in ten minutes is answered 429, others go on', async () => {
    const [alice, amir] = [await as(here.alice), await as(here.amir)]
    const path = paths.ticketReplies(here.tickets.alices.id)
    const answers = []
    for (let n = 0; n < 11; n++) answers.push(await alice.post(path, { body: `Reply ${n}` }))
    expect(answers.map((answer) => answer.status)).toEqual([...Array(10).fill(303), 429])
    expect(answers[10]?.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await alice.get(paths.ticket(here.tickets.alices.id))).text).not.toContain('Reply 10')
    expect((await amir.post(paths.ticketReplies(here.tickets.amirs.id), { body: 'Mine' })).status).toBe(303)
  })

  it('more megabytes than allowed in an hour are not kept', async () => {
    const bob = await as(here.bob)
    const file = new File([new Uint8Array(6_000_000)], 'large.bin')
    const send = () =>
      bob.post(paths.ticketReplies(here.tickets.bobs.id), { body: 'With a file', files: file })
    expect((await send()).status).toBe(303)
    expect((await send()).status).toBe(429)
  })
})
