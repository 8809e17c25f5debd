import { percentile } from './timing.ts'

export const median = (times: number[]) => percentile({ times, seconds: 0 }, 0.5)

/** How often a request of `a` takes longer than one of `b`: 0.5 when time tells nothing (ties count half). */
export const areaUnderCurve = (a: number[], b: number[]): number => {
  const sorted = b.toSorted((x, y) => x - y)
  const below = (value: number, equal: boolean) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const at = sorted[middle] ?? 0
      if (at < value || (equal && at === value)) low = middle + 1
      else high = middle
    }
    return low
  }
  return (
    a.reduce((sum, value) => sum + (below(value, false) + below(value, true)) / 2, 0) / (a.length * b.length)
  )
}

export const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((one) => ({ one, by: Math.random() }))
    .sort((a, b) => a.by - b.by)
    .map(({ one }) => one)
