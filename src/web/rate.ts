import { systemQuery } from '#src/db/scope.ts'

/** How much is allowed of one thing in a window of so many minutes. */
export type Rate = { name: string; most: number; minutes: number }

const COUNT = `insert into rate_count (name, key, window_start, count)
  values ($1, $2, date_bin(make_interval(mins => $3), now(), timestamptz '2000-01-01'), $4)
  on conflict (name, key, window_start) do update set count = rate_count.count + $4
  returning count, ceil(extract(epoch from window_start + make_interval(mins => $3) - now()) / 60)::int as minutes`

/** Counts `by` more for a key, in all processes together; answers for how many minutes to wait when it was too much. */
export const overRate = async (rate: Rate, key: string, by = 1): Promise<number | undefined> => {
  const [row] = await systemQuery<{ count: number; minutes: number }>(COUNT, [
    rate.name,
    key,
    rate.minutes,
    by,
  ])
  return row && row.count > rate.most ? Math.max(row.minutes, 1) : undefined
}
