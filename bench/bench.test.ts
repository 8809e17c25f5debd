import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { root } from '#src/root.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'client-portal-bench-'))
const options = { cwd: root, env: { PATH: process.env.PATH, DATA_DIR: folder }, timeout: 170_000 }
const bench = (...args: string[]) => run(process.execPath, ['dist/bench.js', '--quick', ...args], options)

const figures = z.strictObject({
  rps: z.number().positive(),
  sqlRps: z.number().positive(),
  constantRps: z.number().positive(),
  p50: z.number().positive(),
  p99: z.number().positive(),
  sqlP99: z.number().positive(),
  constantP99: z.number().positive(),
  htmlBytes: z.number().positive(),
  coldBytes: z.number().positive().max(35_000),
  jsBytes: z.number().positive().max(8_000),
  requests: z.number().positive().max(8),
})
const pages = z.strictObject({
  login: figures,
  home: figures,
  ticketList: figures,
  ticketDetail: figures,
  ticketCreate: figures,
  staffQueue: figures,
})

describe('npm run bench', () => {
  beforeAll(() => run(process.execPath, ['build.mjs', '--if-stale'], options))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('signs in, measures every page and ends with one JSON document', { timeout: 180_000 }, async () => {
    const { stdout } = await bench('--json')
    const last = stdout.trim().split('\n').at(-1) ?? ''
    expect(() => z.strictObject({ pages }).parse(JSON.parse(last))).not.toThrow()
  })

  it('finds no plan that reads a large table from one end to the other', { timeout: 180_000 }, async () => {
    const { stdout } = await bench('plans')
    expect(stdout).toMatch(/ 0 bad plans/)
  })
})
