import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'

/** Compares with a file beside the tests; `UPDATE_<NAME>=1` writes it, so that a change is seen in review. */
export const expectGolden = (name: string, lines: string[]) => {
  const file = new URL(`./${name}.txt`, import.meta.url)
  const text = `${lines.join('\n')}\n`
  if (process.env[`UPDATE_${name.toUpperCase()}`]) writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}
