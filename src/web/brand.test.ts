import { readFileSync } from 'node:fs'
import { formatHex, wcagContrast } from 'culori'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brandColors, brandCss } from './brand.ts'
import { contrast, fromHex, toHex } from './color.ts'

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
const themes = ['light', 'dark'] as const

/** Every surface and tint that tokens.css knows, so that the constants of brand.ts can't fall behind. */
const tokens = readFileSync(new URL('./styles/tokens.css', import.meta.url), 'utf8')
const surfaces = [
  ...tokens.matchAll(
    /--(?:background|card|raised|muted|accent|tone-tint): light-dark\((oklch\([^)]+\)),\s*(oklch\([^)]+\))\)/g,
  ),
].map(([, light = '', dark = '']) => ({ light: formatHex(light), dark: formatHex(dark) }))

describe('a brand color', () => {
  test('becomes four that read in both themes, whatever was picked', () => {
    expect(surfaces.length).toBe(11)
    fc.assert(
      fc.property(hex, (picked) => {
        const { brand, contrast: words, ink, tint } = brandColors(picked)
        for (const theme of themes) {
          expect(wcagContrast(words[theme], brand[theme])).toBeGreaterThanOrEqual(4.5)
          expect(wcagContrast(ink[theme], tint[theme])).toBeGreaterThanOrEqual(4.5)
          for (const surface of surfaces) {
            expect(wcagContrast(ink[theme], surface[theme] ?? '')).toBeGreaterThanOrEqual(4.5)
            expect(wcagContrast(brand[theme], surface[theme] ?? '')).toBeGreaterThanOrEqual(3)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  test('stays as it is where it can', () => {
    expect(brandColors('#175c70').brand.light).toBe('#175c70')
    expect(brandColors('#ffd400').brand.light).not.toBe('#ffd400')
  })

  test('is written as one rule', () => {
    expect(brandCss(brandColors('#7a2c5f'))).toMatch(
      /^:root\{(--brand(-\w+)?:light-dark\(#[0-9a-f]{6},#[0-9a-f]{6}\);?){4}\}\n$/,
    )
  })
})

describe('color arithmetic', () => {
  test('comes back from OKLCH unchanged and agrees with culori on contrast', () => {
    fc.assert(
      fc.property(hex, hex, (one, other) => {
        expect(toHex(fromHex(one))).toBe(one)
        expect(contrast(one, other)).toBeCloseTo(wcagContrast(one, other), 6)
      }),
    )
  })
})
