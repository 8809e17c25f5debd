import { expect, test } from 'vitest'
import { parseFilter } from '#src/tickets/filter.ts'

test.each(['0000-01-01', '2026-02-30', '2026-13-01', '-0001-01-01', '+010000-01-01'])(
  'a day that no calendar has is left out and named: %s',
  (day) => {
    const { filter, bad } = parseFilter({ from: day, to: day, q: 'printer' })
    expect(bad.sort()).toEqual(['from', 'to'])
    expect(filter).toMatchObject({ q: 'printer' })
    expect(filter.from).toBeUndefined()
  },
)

test.each(['0001-01-01', '9999-12-31'])('a day that it has counts: %s', (day) => {
  expect(parseFilter({ from: day, to: day })).toMatchObject({ filter: { from: day, to: day }, bad: [] })
})
