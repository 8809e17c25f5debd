import { beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#src/paths.ts'
import { asOwner } from '#test/database.ts'
import { ticketsIn, wordsOf } from '#test/pages.ts'
import { hire, staffAnswer } from '#test/staff.ts'
import { seedTicket } from '#test/tickets.ts'
import { as, browser, type Person, sessionOf, type World, world } from '#test/world.ts'

let w: World
let tess: string
beforeAll(async () => {
  w = await world()
  tess = await hire(w.quayline, 'Tess')
})

const home = async (who: Person) => (await as(who)).get(paths.home())

test('greets by first name and says what is there, also when that is nothing', async () => {
  await asOwner(`update contact set name = 'Mary Ann Smith' where id = $1`, [w.roles.viewer.id])
  const words = wordsOf(await home(w.roles.viewer))
  expect(words).toMatch(/Good (morning|afternoon|evening), Mary\b/)
  expect(words).toContain('Nothing waits for you')
  expect(words).not.toContain('Alice printer')
})

describe('needs your attention', () => {
  test('holds the tickets that wait for her, the longest first, each with its one action', async () => {
    const [first, second] = [
      await seedTicket(w.roles.user, { subject: 'Waits since Monday', body: 'x' }),
      await seedTicket(w.roles.user, { subject: 'Waits since today', body: 'x' }),
    ]
    for (const { id } of [second, first])
      await staffAnswer(w.quayline, tess, id, { body: 'Which <b>color</b>?', status: 'waiting_client' })
    await asOwner(`update ticket set status_since = now() - interval '3 days' where id = $1`, [first.id])
    const page = await home(w.roles.user)
    const links = [...page.text.matchAll(/href="\/portal\/tickets\/([0-9a-f-]{36})#reply"/g)].map(
      ([, id]) => id,
    )
    expect(links).toEqual([first.id, second.id])
    expect(page.text).toContain('Which &lt;b&gt;color')
    expect(wordsOf(page)).toContain('Tess')
    // beside the area in the sidebar and in the bar of phones
    expect(page.text.match(/waiting for you/g)?.length).toBeGreaterThanOrEqual(2)
  })

  test("has nothing of a colleague's, even if she may see it", async () => {
    const { id } = await seedTicket(w.amir, {
      subject: 'Waits for Amir',
      body: 'x',
      status: 'waiting_client',
    })
    const page = await home(w.roles.admin)
    expect(page.text).not.toContain(`${id}#reply`)
    expect((await home(w.amir)).text).toContain(`${id}#reply`)
  })
})

describe('open tickets', () => {
  test('are hers or the company’s, the latest six of how many', async () => {
    for (let n = 0; n < 8; n++)
      await seedTicket(w.roles.accounting, {
        subject: `Open ${n}`,
        body: 'x',
        updated: new Date(Date.UTC(2026, 0, n + 1)),
      })
    await seedTicket(w.roles.accounting, { subject: 'Over', body: 'x', status: 'solved' })
    const page = await home(w.roles.accounting)
    const words = wordsOf(page)
    expect(ticketsIn(page)).toHaveLength(6)
    expect([
      words.indexOf('Open 7') < words.indexOf('Open 2'),
      words.includes('Open 1'),
      words.includes('Over'),
    ]).toEqual([true, false, false])
    expect(words).toContain('8 of yours')
    expect(wordsOf(await home(w.roles.approver))).toMatch(/\d+ in your company/)
  })

  test('have nothing confidential for who may not see it, and nothing of others', async () => {
    for (const who of [w.roles.approver, w.roles.manager])
      expect(wordsOf(await home(who))).not.toContain('Amir confidential')
    expect(wordsOf(await home(w.bob))).toContain('Bob server')
    for (const subject of ['Alice printer', 'Zoe switch'])
      expect(wordsOf(await home(w.bob))).not.toContain(subject)
  })
})

describe('the frame of the page', () => {
  test('shows only the areas that the role opens', async () => {
    const links = (text: string) => [...text.matchAll(/href="(\/portal[^"#?]*)"/g)].map(([, path]) => path)
    expect(links((await home(w.roles.viewer)).text)).not.toContain(paths.newTicket())
    expect(links((await home(w.roles.user)).text)).toContain(paths.newTicket())
    await asOwner(
      `insert into role (tenant_id, id, name, permissions) values ($1, gen_random_uuid(), 'Nothing', '{}')`,
      [w.quayline],
    )
    await asOwner(`update contact set role_id = (select id from role where name = 'Nothing') where id = $1`, [
      w.samAtAcme.id,
    ])
    const bare = await home(w.samAtAcme)
    expect(bare.status).toBe(200)
    expect(links(bare.text)).not.toContain(paths.tickets())
    expect(bare.text).not.toContain('<form method="get"')
  })

  test("is in the tenant's brand and words, and in the person's theme and language", async () => {
    await asOwner(
      `update contact set theme = 'dark', locale = 'en-GB', time_zone = 'Asia/Tokyo' where id = $1`,
      [w.bob.id],
    )
    const page = await home(w.bob)
    expect(page.text).toMatch(/<html lang="en-GB"[^>]* data-theme="dark"/)
    expect(wordsOf(page)).toContain('Quayline IT')
    expect(wordsOf(page)).toContain('+1 206 555 0142')
    expect(page.text).toMatch(/href="\/brand\/quayline\/[0-9a-f]+\.css"/)
    expect(page.text).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/)
  })

  test('a page that is fetched ahead leaves the flash for the one that is shown', async () => {
    const token = await sessionOf(w.alice)
    const at = browser(`portal=${token}; portal-flash=tickets.new.done`, token)
    const ahead = await at.get(paths.home(), { 'sec-purpose': 'prefetch' })
    expect([ahead.cookies, ahead.text.includes('Ticket sent')]).toEqual([[], false])
    expect((await at.get(paths.home())).text).toContain('Ticket sent')
  })
})
