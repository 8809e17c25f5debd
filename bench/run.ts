import { startApp } from './app.ts'
import { findCast, type Person } from './cast.ts'
import { startChild } from './child.ts'
import { openBenchDatabase } from './database.ts'
import { startMailSink } from './mail-sink.ts'
import { FULL_PACE, measurePage, QUICK_PACE } from './measure.ts'
import { PAGE_NAMES, PAGES, type PageName } from './pages.ts'
import { asJson, asTable, type Results, say } from './report.ts'
import { FULL, SMALL } from './sample/sizes.ts'
import { enterDesk, signIn } from './visitor.ts'

export type Options = {
  json: boolean
  /** Little data and short slices: whether it works, not how fast. */
  quick: boolean
  processes: number
  pages: PageName[]
  /** A folder for the app's CPU profile, which makes everything slower. */
  profile?: string | undefined
}

type Stop = () => Promise<void>

/** Measures the pages and prints what came out. Whatever it has started has ended when it returns or throws. */
export const run = async ({ json, quick, processes, pages, profile }: Options) => {
  const stops: Stop[] = []
  const started = <T extends { stop: Stop }>(thing: T): T => {
    stops.unshift(thing.stop)
    return thing
  }
  try {
    const database = await openBenchDatabase(quick ? SMALL : FULL)
    stops.unshift(database.close)
    const cast = await findCast(database.urls.owner)
    const mails = started(await startMailSink())
    const { origin } = started(await startApp(database.env, processes, mails.url, profile))
    const given = { database: JSON.stringify({ urls: database.urls, secret: database.secret }) }
    const children = {
      load: started(startChild('load')),
      sql: started(startChild('sql', given)),
      constant: started(startChild('constant')),
    }
    const bench = { origin, ...children, pace: quick ? QUICK_PACE : FULL_PACE }
    const enter = async (who: Person) => {
      const visitor = await signIn(origin, who, mails)
      return { visitor, visit: { session: visitor.session, slug: who.slug, ticket: cast.ticket } }
    }
    const [reader, writer] = [await enter(cast.reader), await enter(cast.writer)]
    const { deskhand } = cast
    const visitor = await enterDesk(deskhand)
    const desk = {
      visitor,
      visit: { session: visitor.session, slug: deskhand.slug, ticket: deskhand.ticketId },
    }
    const results: Results = {}
    for (const name of PAGE_NAMES.filter((one) => pages.includes(one))) {
      say(`Measuring ${name}…`)
      results[name] = await measurePage(bench, {
        name,
        ...(name === 'staffQueue' ? desk : PAGES[name].fields ? writer : reader),
      })
    }
    console.log(asTable(results))
    if (json) console.log(asJson(results))
  } finally {
    for (const stop of stops) await stop()
  }
}
