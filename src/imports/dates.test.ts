import { expect, test } from 'vitest'
import { orderHint, parseDate } from '#src/imports/dates.ts'

const iso = (text: string, order?: 'dmy' | 'mdy') => parseDate(text, order)?.toISOString()

test.each([
  ['2020-01-15 0:03:28', '2020-01-15T00:03:28.000Z'],
  ['2020-02-19 01:54:52', '2020-02-19T01:54:52.000Z'],
  ['2020-04-24 14:13:07.083', '2020-04-24T14:13:07.083Z'],
  ['2026-11-17T17:00:00Z', '2026-11-17T17:00:00.000Z'],
  ['2026-11-17T17:00:00.123456+01:00', '2026-11-17T16:00:00.123Z'],
  ['2026-11-17 17:00:00 UTC', '2026-11-17T17:00:00.000Z'],
  ['2026-11-17 17:00 -0800', '2026-11-18T01:00:00.000Z'],
  ['2026/1/5', '2026-01-05T00:00:00.000Z'],
  ['31.12.2026 23:59', '2026-12-31T23:59:00.000Z'],
  ['15 Jan 2026', '2026-01-15T00:00:00.000Z'],
  ['Jan 15, 2026 3:04 PM', '2026-01-15T15:04:00.000Z'],
  ['Thu, 15 January 2026 12:04 am', '2026-01-15T00:04:00.000Z'],
])('%s', (text, expected) => expect(iso(text)).toBe(expected))

test('day and month stand as the order says', () => {
  expect(iso('03/04/2026', 'dmy')).toBe('2026-04-03T00:00:00.000Z')
  expect(iso('03/04/2026', 'mdy')).toBe('2026-03-04T00:00:00.000Z')
  expect(iso('3/4/26 4:05 PM', 'mdy')).toBe('2026-03-04T16:05:00.000Z')
})

test.each([
  '31/02/2026',
  '2026-13-01',
  '2026-02-29',
  '25:00',
  'yesterday',
  '43845.5',
  '2026-01-01 24:61',
  '12/31/2026 13:00 PM',
])('%s is none', (text) => expect(iso(text, 'dmy')).toBeUndefined())

test('a column learns its order from the cells that can only be read one way', () => {
  expect(
    ['31/12/2026', '12/31/2026', '03/04/2026', '03/03/2026', '31.12.2026', '2026-01-02'].map(orderHint),
  ).toEqual(['dmy', 'mdy', 'either', undefined, undefined, undefined])
})
