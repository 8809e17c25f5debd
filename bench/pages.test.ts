import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchStatements } from '#src/db/scope.ts'
import {
  type Answer,
  as,
  asStaff,
  sessionOf,
  staffSessionOf,
  stranger,
  type World,
  world,
} from '#test/world.ts'
import { PAGE_NAMES, PAGES } from './pages.ts'

let w: World
beforeAll(async () => {
  w = await world()
})
afterAll(() => watchStatements(undefined))

const sentBy = async (work: () => Promise<unknown>) => {
  const sent: string[] = []
  watchStatements((text) => sent.push(text))
  await work()
  watchStatements(undefined)
  return sent.sort()
}

describe('the SQL that a page is measured against', () => {
  it.each(PAGE_NAMES)('is what the page sends: %s', async (name) => {
    const page = PAGES[name]
    const manager = w.roles.manager
    const desk = w.staff.technician
    const session = name === 'staffQueue' ? await staffSessionOf(desk) : await sessionOf(manager)
    const visit = { session, slug: 'quayline', ticket: w.tickets.alices.id }
    const visitor =
      name === 'login' ? stranger : name === 'staffQueue' ? await asStaff(desk) : await as(manager)
    const path = page.path(visit)
    const answers: Answer[] = []
    const ask = async () => {
      const once = crypto.randomUUID()
      answers.push(await (page.fields ? visitor.post(path, { ...page.fields, once }) : visitor.get(path)))
    }
    const byPage = await sentBy(ask)
    expect(answers[0]?.status).toBe(page.fields ? 303 : 200)
    expect(byPage.length).toBeGreaterThan(0)
    expect(await sentBy(() => page.sql(visit))).toEqual(byPage)
  })
})
