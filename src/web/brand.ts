import { contrast, fromHex, type Oklch, toHex } from '#src/web/color.ts'

/** A pair for the light and the dark theme, each `#rrggbb`. */
type Pair = { light: string; dark: string }

export type BrandColors = {
  /** Fill of the primary button and of ticked boxes. */
  brand: Pair
  /** Words on that fill. */
  contrast: Pair
  /** Links, the current place, the focus ring. */
  ink: Pair
  /** Quiet fill under ink. */
  tint: Pair
}

/** AA for text, https://www.w3.org/TR/WCAG22/#contrast-minimum */
const enough = 4.5

/** The least friendly plain surface of each theme: `--accent` in tokens.css. */
const surface: Pair = {
  light: toHex({ l: 0.945, c: 0.005, h: 235 }),
  dark: toHex({ l: 0.288, c: 0.055, h: 25 }),
}

/** Steps lightness towards black or white until the color reads on all of these. Both ends always do. */
function readable(color: Oklch, step: -0.01 | 0.01, on: string[]): string {
  const hex = toHex(color)
  if (on.every((other) => contrast(hex, other) >= enough)) return hex
  return readable({ ...color, l: Math.min(1, Math.max(0, color.l + step)) }, step, on)
}

/**
 * One picked color (`#rrggbb`) → four, for both themes, each pair of words and ground at least 4.5 : 1.
 * The hue stays; lightness and chroma give way.
 */
export function brandColors(picked: string): BrandColors {
  const { l, c, h } = fromHex(picked)
  const tint = {
    light: toHex({ l: 0.955, c: Math.min(c * 0.2, 0.02), h }),
    dark: toHex({ l: 0.29, c: Math.min(c * 0.5, 0.045), h }),
  }
  const words = { light: '#ffffff', dark: toHex({ l: 0.22, c: Math.min(c * 0.4, 0.04), h }) }
  const brand = {
    light: readable({ l, c, h }, -0.01, [words.light]),
    dark: readable({ l: Math.max(l, 0.72), c, h }, 0.01, [words.dark, surface.dark]),
  }
  const ink = {
    light: readable({ l: fromHex(brand.light).l - 0.02, c, h }, -0.01, [surface.light, tint.light]),
    dark: readable({ l: Math.max(l, 0.8), c: Math.min(c, 0.1), h }, 0.01, [surface.dark, tint.dark]),
  }
  return { brand, contrast: words, ink, tint }
}

/** The style sheet that is linked after the portal's own. */
export function brandCss({ brand, contrast: words, ink, tint }: BrandColors) {
  const values = { brand, 'brand-contrast': words, 'brand-ink': ink, 'brand-tint': tint }
  const lines = Object.entries(values).map(
    ([name, { light, dark }]) => `--${name}:light-dark(${light},${dark})`,
  )
  return `:root{${lines.join(';')}}\n`
}
