import { readFileSync } from 'node:fs'
import { wcagContrast } from 'culori'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const pair = /--([\w-]+):\s*light-dark\(\s*((?:[^(),]|\([^()]*\))+),\s*((?:[^(),]|\([^()]*\))+)\)/g

type Pair = [light: string, dark: string]
const pairsIn = (block: string) =>
  new Map(
    [...block.matchAll(pair)].map(([, name = '', light = '', dark = '']): [string, Pair] => [
      name,
      [light, dark],
    ]),
  )

const tokens = pairsIn(css)
const tones = [...css.matchAll(/\[data-tone="(\w+)"\] \{([^}]*)\}/g)]
  .map(([, tone = '', block = '']): [string, Map<string, Pair>] => [tone, pairsIn(block)])
  .filter(([, tone]) => tone.size > 0)

const lowest = (one: Pair | undefined, other: Pair | undefined) =>
  one && other ? Math.min(wcagContrast(one[0], other[0]), wcagContrast(one[1], other[1])) : 0

const texts = ['foreground', 'muted-foreground', 'faint', 'brand-ink', 'destructive']
const surfaces = ['card', 'background', 'muted', 'raised', 'accent']

describe('tokens', () => {
  test.each(texts.flatMap((text) => surfaces.map((surface) => [text, surface])))(
    '%s reads on %s',
    (text, surface) => {
      expect(lowest(tokens.get(text), tokens.get(surface))).toBeGreaterThanOrEqual(4.5)
    },
  )

  test.each(surfaces.slice(0, 3))('the outline of a control shows on %s', (surface) => {
    expect(lowest(tokens.get('input'), tokens.get(surface))).toBeGreaterThanOrEqual(3)
  })

  test('there are six tones beside the brand', () => {
    expect(tones.map(([tone]) => tone)).toEqual(['neutral', 'attention', 'danger', 'success', 'info', 'plan'])
  })

  test.each(tones)('%s reads on its tint and on every surface', (_, tone) => {
    const [ink, tint, dot] = [tone.get('tone-ink'), tone.get('tone-tint'), tone.get('tone-dot')]
    expect(lowest(ink, tint)).toBeGreaterThanOrEqual(4.5)
    for (const surface of ['card', 'background'])
      expect(lowest(ink, tokens.get(surface))).toBeGreaterThanOrEqual(4.5)
    expect(lowest(dot, tokens.get('card'))).toBeGreaterThanOrEqual(3)
    expect(lowest(tokens.get('foreground'), tint)).toBeGreaterThanOrEqual(7)
    for (const text of ['muted-foreground', 'brand-ink'])
      expect(lowest(tokens.get(text), tint)).toBeGreaterThanOrEqual(4.5)
  })
})
