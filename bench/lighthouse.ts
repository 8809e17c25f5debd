import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '#src/root.ts'

const report = z.object({
  categories: z.record(z.string(), z.object({ score: z.number().nullable() })),
  audits: z.record(z.string(), z.object({ score: z.number().nullable(), title: z.string() })),
})

const CHROME =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

/** Lighthouse's scores (0–100) of a page on its simulated phone or desktop, and the audits that cost points. Needs Chromium at CHROMIUM or /usr/bin. */
export const lighthouse = (
  url: string,
  cookie: string | undefined,
  categories: string[],
  look: 'phone' | 'desktop',
) => {
  const folder = mkdtempSync(join(tmpdir(), 'client-portal-lighthouse-'))
  const file = join(folder, 'report.json')
  const headers = cookie ? ['--extra-headers', JSON.stringify({ Cookie: cookie })] : []
  const args = [
    join(root, 'node_modules/lighthouse/cli/index.js'),
    url,
    ...['--quiet', '--output=json', `--output-path=${file}`, `--chrome-flags=${CHROME}`],
    ...(look === 'desktop' ? ['--preset=desktop'] : []),
    ...[`--only-categories=${categories.join(',')}`, ...headers],
  ]
  const env = { ...process.env, CHROME_PATH: process.env.CHROMIUM || '/usr/bin/chromium' }
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env })
  if (status !== 0) throw new Error(`Lighthouse could not measure ${url}`)
  const { categories: scored, audits } = report.parse(JSON.parse(readFileSync(file, 'utf8')))
  rmSync(folder, { recursive: true, force: true })
  const scores = Object.fromEntries(
    Object.entries(scored).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]),
  )
  const weak = Object.entries(audits).flatMap(([id, audit]) =>
    audit.score !== null && audit.score < 0.9 ? [id] : [],
  )
  return { scores, weak }
}
