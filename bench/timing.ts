import { z } from 'zod'

/** What one slice of measuring saw: the time of each request in milliseconds, and how long it went on. */
export const slice = z.object({ times: z.array(z.number()), seconds: z.number() })
export type Slice = z.infer<typeof slice>

export const joined = (slices: Slice[]): Slice => ({
  times: slices.flatMap((one) => one.times),
  seconds: slices.reduce((sum, one) => sum + one.seconds, 0),
})

export const perSecond = ({ times, seconds }: Slice) => times.length / seconds

/** The time that this share of the requests kept, in milliseconds. */
export const percentile = ({ times }: Slice, share: number): number => {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Runs `work` again and again in this many loops at once until the time is over. */
export const inLoops = async (
  loops: number,
  seconds: number,
  work: () => Promise<unknown>,
): Promise<Slice> => {
  const times: number[] = []
  const started = performance.now()
  const end = started + seconds * 1_000
  const loop = async () => {
    for (let now = performance.now(); now < end; ) {
      await work()
      const after = performance.now()
      times.push(after - now)
      now = after
    }
  }
  await Promise.all(Array.from({ length: loops }, loop))
  return { times, seconds: (performance.now() - started) / 1_000 }
}
