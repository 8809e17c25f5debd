import { z } from 'zod'
import type { Child } from './child.ts'
import { type Cold, loadCold } from './cold.ts'
import type { Load } from './load.ts'
import { PAGES, type PageName, type Visit } from './pages.ts'
import { joined, percentile, perSecond, type Slice, slice } from './timing.ts'
import type { Visitor } from './visitor.ts'

/** Seconds for each of the three things that are measured, cut into rounds. */
export type Pace = { rounds: number; crowd: number; alone: number; warmUp: number }

export const FULL_PACE: Pace = { rounds: 5, crowd: 10, alone: 5, warmUp: 2 }
export const QUICK_PACE: Pace = { rounds: 1, crowd: 2, alone: 1, warmUp: 0.5 }

export type Figures = {
  rps: number
  sqlRps: number
  constantRps: number
  p50: number
  p99: number
  sqlP99: number
  constantP99: number
} & Cold

export type Bench = { origin: string; load: Child; sql: Child; constant: Child; pace: Pace }
export type Subject = { name: PageName; visitor: Visitor; visit: Visit }

type Three = { page: Slice; sql: Slice; constant: Slice }
type Run = (connections: number, seconds: number) => Promise<Slice>

const CROWD = 16

/** The page, its own SQL and a constant page of its size: each as a function of connections and seconds. */
const runs = async (
  bench: Bench,
  { name, visitor, visit }: Subject,
  bytes: number,
): Promise<Record<keyof Three, Run>> => {
  const { origin, load, sql, constant } = bench
  const { path, fields } = PAGES[name]
  const port = await constant.ask(z.number(), { bytes })
  const cookie = name === 'login' ? '' : visitor.cookie
  const headers = { ...(cookie && { cookie }), ...(fields && { origin, 'sec-fetch-site': 'same-origin' }) }
  const target = {
    url: origin + path(visit),
    headers,
    fields: fields && { ...fields, csrf: visitor.csrf },
    status: fields ? 303 : 200,
  }
  const fire =
    (what: Omit<Load, 'connections' | 'seconds'>): Run =>
    (connections, seconds) =>
      load.ask(slice, { ...what, connections, seconds })
  return {
    page: fire(target),
    sql: (loops, seconds) => sql.ask(slice, { page: name, visit, loops, seconds }),
    constant: fire({ url: `http://127.0.0.1:${port}/`, headers, status: 200 }),
  }
}

/** By turns, because the machine is not equally fast all the time. */
const interleaved = async (
  run: Record<keyof Three, Run>,
  connections: number,
  seconds: number,
  rounds: number,
): Promise<Three> => {
  const done: { [what in keyof Three]: Slice[] } = { page: [], sql: [], constant: [] }
  for (let round = 0; round < rounds; round++)
    for (const what of ['page', 'sql', 'constant'] as const)
      done[what].push(await run[what](connections, seconds / rounds))
  return { page: joined(done.page), sql: joined(done.sql), constant: joined(done.constant) }
}

const round = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits

/** Everything about one page. */
export const measurePage = async (bench: Bench, subject: Subject): Promise<Figures> => {
  const { origin, pace } = bench
  const { name, visitor, visit } = subject
  const page = PAGES[name]
  // creating ends in a redirect; what a browser loads before it is the form
  const shown = page.fields ? `${page.path(visit)}/new` : page.path(visit)
  const cold = await loadCold(origin, shown, name === 'login' ? '' : visitor.cookie)
  const run = await runs(bench, subject, page.fields ? 0 : cold.htmlBytes)
  await interleaved(run, CROWD, pace.warmUp, 1)
  // what is written stays: fewer will do
  const crowd = await interleaved(run, CROWD, page.fields ? pace.crowd / 4 : pace.crowd, pace.rounds)
  const alone = await interleaved(run, 1, pace.alone, pace.rounds)
  return {
    rps: round(perSecond(crowd.page), 1),
    sqlRps: round(perSecond(crowd.sql), 1),
    constantRps: round(perSecond(crowd.constant), 1),
    p50: round(percentile(alone.page, 0.5), 3),
    p99: round(percentile(alone.page, 0.99), 3),
    sqlP99: round(percentile(alone.sql, 0.99), 3),
    constantP99: round(percentile(alone.constant, 0.99), 3),
    ...cold,
  }
}
