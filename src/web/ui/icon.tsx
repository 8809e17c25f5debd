import { raw } from 'hono/html'
import { icons } from './icons.gen.ts'

export type IconName = keyof typeof icons

const drawn = new Map<string, ReturnType<typeof raw>>()

/** A lucide icon, decorative: the words beside it say the same. `class` must be a literal, since each pair is kept. */
export const Icon = ({ name, class: extra }: { name: IconName; class?: string }) => {
  const key = `${name} ${extra ?? ''}`
  let svg = drawn.get(key)
  if (!svg) {
    const classes = extra ? `icon ${extra}` : 'icon'
    svg = raw(`<svg class="${classes}" viewBox="0 0 24 24" aria-hidden="true">${icons[name]}</svg>`)
    drawn.set(key, svg)
  }
  return svg
}
