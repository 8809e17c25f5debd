import type { Figures } from './measure.ts'
import type { PageName } from './pages.ts'

/** Progress goes to standard error: standard output is the result. */
export const say = (line: string) => process.stderr.write(`${line}\n`)

export type Results = Partial<Record<PageName, Figures>>

const COLUMNS: [heading: string, cell: (figures: Figures) => string][] = [
  ['requests/s', ({ rps }) => rps.toFixed(0)],
  ['SQL alone', ({ sqlRps }) => sqlRps.toFixed(0)],
  ['constant', ({ constantRps }) => constantRps.toFixed(0)],
  ['of SQL', ({ rps, sqlRps }) => `${((rps / sqlRps) * 100).toFixed(0)} %`],
  ['p50 ms', ({ p50 }) => p50.toFixed(2)],
  ['p99 ms', ({ p99 }) => p99.toFixed(2)],
  ['SQL p99', ({ sqlP99 }) => sqlP99.toFixed(2)],
  ['constant p99', ({ constantP99 }) => constantP99.toFixed(2)],
  ['of sum', ({ p99, sqlP99, constantP99 }) => (p99 / (sqlP99 + constantP99)).toFixed(2)],
  ['HTML', ({ htmlBytes }) => String(htmlBytes)],
  ['gzip', ({ htmlGzip }) => String(htmlGzip)],
  ['cold', ({ coldBytes }) => String(coldBytes)],
  ['JS', ({ jsBytes }) => String(jsBytes)],
  ['requests', ({ requests }) => String(requests)],
]

const table = (results: Results) => {
  const rows = Object.entries(results).map(([name, figures]) => [
    name,
    ...COLUMNS.map(([, cell]) => cell(figures)),
  ])
  const all = [['', ...COLUMNS.map(([heading]) => heading)], ...rows]
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? []
  return all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  )
}

const LIMITED: PageName[] = ['home', 'ticketList', 'ticketDetail']

/** What was promised of these pages, and whether this run kept it. */
const promises = (results: Results): string[] => {
  const entries = LIMITED.flatMap((name) => (results[name] ? [[name, results[name]] as const] : []))
  const line = (kept: boolean, text: string) => `${kept ? 'holds' : 'FAILS'}  ${text}`
  return entries.flatMap(
    ([name, { rps, sqlRps, p99, sqlP99, constantP99, coldBytes, jsBytes, requests }]) => [
      line(rps >= sqlRps / 2, `${name}: at least half as many requests/s as its SQL alone`),
      line(p99 <= 2 * (sqlP99 + constantP99), `${name}: p99 at most twice the sum of its limits' p99`),
      line(
        coldBytes <= 35_000 && jsBytes <= 8_000 && requests <= 8,
        `${name}: a cold page of at most 35 KB without the font, 8 KB of it JavaScript, in 8 requests`,
      ),
    ],
  )
}

/** Bytes: HTML as text and compressed, a cold page with heads and without the font, the scripts of it. */
export const asTable = (results: Results): string =>
  [
    'At 16 connections: requests/s of the page, of its SQL alone, of a constant page of its size. At 1 connection: ms.',
    ...table(results),
    '',
    ...promises(results),
  ].join('\n')

export const asJson = (results: Results): string =>
  JSON.stringify({
    pages: Object.fromEntries(
      Object.entries(results).map(([name, { htmlGzip: _, ...figures }]) => [name, figures]),
    ),
  })
