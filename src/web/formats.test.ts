import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { translator } from '#src/messages/index.ts'
import { formatsFor } from '#src/web/formats.ts'

const at = (now: string, timeZone = 'America/Los_Angeles', locale = 'en-US') =>
  formatsFor(locale, timeZone, new Date(now), translator(locale))
/** Spaces of `Intl` that don't break lines, as plain ones. */
const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ')

describe('a moment in a list', () => {
  const now = '2026-11-18T20:00:00Z' // Wednesday noon in Los Angeles
  test.each([
    ['2026-11-18T19:59:30Z', 'just now'],
    ['2026-11-18T20:00:30Z', 'just now'], // a clock that is ahead
    ['2026-11-18T19:22:00Z', '38m ago'],
    ['2026-11-18T19:00:00Z', '1h ago'],
    ['2026-11-18T08:00:00Z', '12h ago'], // midnight
    ['2026-11-18T07:59:59Z', 'Yesterday'],
    ['2026-11-17T08:00:00Z', 'Yesterday'],
    ['2026-11-17T07:59:59Z', 'Mon'],
    ['2026-11-12T20:00:01Z', 'Thu'],
    ['2026-11-12T19:59:00Z', 'Nov 12'],
    ['2025-11-10T20:00:00Z', 'Nov 10, 2025'],
    ['2026-11-20T20:00:00Z', 'Nov 20'],
  ])('%s is “%s”', (moment, text) => {
    expect(plain(at(now).short(new Date(moment)))).toBe(text)
  })
})

describe('yesterday', () => {
  test('is the day before, also around a day of 25 hours', () => {
    const late = at('2026-11-02T07:30:00Z') // 23:30 on the day that clocks go back
    expect(late.short(new Date('2026-11-01T05:00:00Z'))).toBe('Yesterday') // 22:00 on October 31
    expect(plain(late.moment(new Date('2026-11-01T05:00:00Z')))).toBe('Yesterday, 10:00 PM')
    expect(plain(late.moment(new Date('2026-11-01T07:30:00Z')))).toBe('Today, 12:30 AM')
  })

  test('is the day before, also around a day of 23 hours', () => {
    const early = at('2026-03-09T07:30:00Z') // 0:30 on the day after clocks went forward
    expect(plain(early.moment(new Date('2026-03-08T20:00:00Z')))).toBe('Yesterday, 1:00 PM')
    expect(plain(early.moment(new Date('2026-03-08T07:45:00Z')))).toBe('Sat, Mar 7, 11:45 PM')
    expect(early.short(new Date('2026-03-08T07:45:00Z'))).toBe('Sat')
  })

  test('is one day, in any zone, around each change of the clock', () => {
    const changes = [
      ['America/Los_Angeles', '2026-03-08T10:00Z'],
      ['America/Los_Angeles', '2026-11-01T09:00Z'],
      ['Europe/Berlin', '2026-03-29T01:00Z'],
      ['Europe/Berlin', '2026-10-25T01:00Z'],
      ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
      ['Asia/Kolkata', '2026-12-31T18:30Z'],
    ] as const
    const hour = 3_600_000
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        fc.integer({ min: -100, max: 100 }),
        ([zone, change], halves) => {
          const now = Date.parse(change) + (halves * hour) / 2
          const { moment, longDate } = at(new Date(now).toISOString(), zone)
          const moments = Array.from({ length: 150 }, (_, n) => new Date(now - (n * hour) / 2))
          const named = (word: string) => [
            ...new Set(moments.filter((one) => moment(one).startsWith(word)).map(longDate)),
          ]
          const days = [...new Set(moments.map(longDate))]
          expect([named('Today'), named('Yesterday')]).toEqual([[days[0]], [days[1]]])
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('the year', () => {
  test('is left out within the same one, as the person counts it', () => {
    const eve = at('2026-01-01T02:00:00Z') // still December 31, 2025 in Los Angeles
    expect(eve.date(new Date('2025-03-05T20:00:00Z'))).toBe('Mar 5')
    expect(eve.date(new Date('2026-01-01T09:00:00Z'))).toBe('Jan 1, 2026')
    const tokyo = at('2025-12-31T20:00:00Z', 'Asia/Tokyo') // already January 1, 2026
    expect(tokyo.date(new Date('2025-12-20T00:00:00Z'))).toBe('Dec 20, 2025')
    expect(plain(tokyo.moment(new Date('2025-12-20T00:00:00Z')))).toBe('Sat, Dec 20, 2025, 9:00 AM')
    expect(plain(tokyo.moment(new Date('2025-12-31T16:00:00Z')))).toBe('Today, 1:00 AM')
  })
})

test('clock, language and hour are those of the person', () => {
  const noon = new Date('2026-11-18T12:05:00Z')
  expect(plain(at('2026-11-18T20:00:00Z', 'America/Los_Angeles').time(noon))).toBe('4:05 AM')
  expect(at('2026-11-18T20:00:00Z', 'Europe/London', 'en-GB').time(noon)).toBe('12:05')
  expect(at('2026-11-18T20:00:00Z', 'Europe/Berlin', 'de-DE').longDate(noon)).toBe('18. November 2026')
  expect(at('2026-11-18T08:00:00Z', 'America/Los_Angeles').hour(new Date('2026-11-18T08:00:00Z'))).toBe(0)
  expect(at('2026-11-18T08:00:00Z', 'Asia/Kolkata').hour(new Date('2026-11-18T08:00:00Z'))).toBe(13)
  expect(plain(at('2026-11-18T20:00:00Z').exact(noon))).toContain('4:05:00 AM PST')
})

test('sizes are what a person would say', () => {
  const { size } = at('2026-11-18T20:00:00Z')
  expect(
    [0, 1, 999, 1_500, 15_400, 999_999, 1_000_000, 1_840_000, 25_000_000].map((bytes) => plain(size(bytes))),
  ).toEqual(['0.1 kB', '0.1 kB', '1 kB', '1.5 kB', '15 kB', '1,000 kB', '1 MB', '1.8 MB', '25 MB'])
})
