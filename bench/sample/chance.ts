/** A repeatable source of chance: the same seed gives the same data, whoever runs it. */
export type Chance = {
  /** From 0, below 1. */
  number(): number
  /** A whole number from 0, below `end`. */
  below(end: number): number
  /** True in this share of cases. */
  happens(share: number): boolean
  pick<T>(list: readonly T[]): T
  shuffle<T>(list: T[]): T[]
  /** A version 7 UUID of that moment. */
  id(at: Date): string
}

/** mulberry32: 32 bits of state are plenty for sample data. */
const mulberry = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const hex = (value: number, digits: number) => Math.floor(value).toString(16).padStart(digits, '0')

export const chanceOf = (seed: number): Chance => {
  const number = mulberry(seed)
  const below = (end: number) => Math.floor(number() * end)
  const pick = <T>(list: readonly T[]): T => {
    const picked = list[below(list.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }
  const shuffle = <T>(list: T[]) => {
    for (let last = list.length - 1; last > 0; last--) {
      const other = below(last + 1)
      const [a, b] = [list[last], list[other]]
      if (a !== undefined && b !== undefined) [list[last], list[other]] = [b, a]
    }
    return list
  }
  const id = (at: Date) => {
    const time = hex(at.getTime(), 12)
    const variant = hex(0x8000 + below(0x4000), 4)
    const end = hex(below(0x1000000), 6) + hex(below(0x1000000), 6)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(below(0x1000), 3)}-${variant}-${end}`
  }
  return { number, below, happens: (share) => number() < share, pick, shuffle, id }
}
