import type { Translate } from '#src/messages/index.ts'

/** The styles that pages use; `year` only when it isn't this year's. */
const STYLES = {
  day: { year: 'numeric', month: '2-digit', day: '2-digit' },
  time: { hour: 'numeric', minute: '2-digit' },
  date: { month: 'short', day: 'numeric' },
  dateOfYear: { month: 'short', day: 'numeric', year: 'numeric' },
  longDate: { dateStyle: 'long' },
  weekday: { weekday: 'long', month: 'long', day: 'numeric' },
  weekdayShort: { weekday: 'short' },
  moment: { weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  momentOfYear: {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    year: 'numeric',
  },
  exact: { dateStyle: 'full', timeStyle: 'long' },
  hour: { hour: 'numeric', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>
type Style = keyof typeof STYLES

const kept = <K, V>(most: number, make: (key: K) => V) => {
  const values = new Map<K, V>()
  return (key: K): V => {
    const known = values.get(key)
    if (known !== undefined) return known
    if (values.size >= most) values.clear()
    const made = make(key)
    values.set(key, made)
    return made
  }
}

/** Formatting a date is the dearest part of a list: what was said of a moment once is kept for the next page. */
const clocks = kept(200, (key: string) => {
  const [locale, timeZone] = key.split('|')
  const styles = new Map<Style, (at: number) => string>()
  return (style: Style, at: Date): string => {
    const known = styles.get(style)
    if (known) return known(at.getTime())
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...STYLES[style] })
    const made = kept(500, (time: number) => format.format(time))
    styles.set(style, made)
    return made(at.getTime())
  }
})

const relative = kept(
  100,
  (locale: string) => new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'narrow' }),
)

const lists = kept(100, (locale: string) => new Intl.ListFormat(locale))

const sizes = kept(400, (key: string) => {
  const [locale, unit, digits] = key.split('|')
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: unit ?? '',
    unitDisplay: 'short',
    maximumFractionDigits: Number(digits),
  })
})

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How this person reads dates, times and sizes: the locale's words, her own time zone. */
export const formatsFor = (locale: string, timeZone: string, now: Date, t: Translate) => {
  const format = clocks(`${locale}|${timeZone}`)
  const swedish = clocks(`sv-SE|${timeZone}`)
  /** The calendar day there, as `2026-11-17`. */
  const day = (at: Date) => swedish('day', at)
  const today = day(now)
  // counted in days, not hours: a day may have 23 or 25 of them
  const yesterday = new Date(Date.parse(today) - DAY).toISOString().slice(0, 10)
  const time = (at: Date) => format('time', at)
  const sameYear = (at: Date) => day(at).slice(0, 4) === today.slice(0, 4)
  const date = (at: Date) => format(sameYear(at) ? 'date' : 'dateOfYear', at)
  return {
    time,
    date,
    /** “November 17, 2026” */
    longDate: (at: Date) => format('longDate', at),
    /** “Tuesday, November 17” */
    weekday: (at: Date) => format('weekday', at),
    /** For lists: “38 min ago”, “Yesterday”, “Fri”, “Nov 10”, “Nov 10, 2025”. */
    short: (at: Date) => {
      const age = now.getTime() - at.getTime()
      if (age < 60_000 && age > -60_000) return t('time.now')
      if (age > 0 && age < HOUR) return relative(locale).format(-Math.floor(age / 60_000), 'minute')
      if (age > 0 && age < DAY && day(at) === today)
        return relative(locale).format(-Math.floor(age / HOUR), 'hour')
      if (day(at) === yesterday) return t('time.yesterdayShort')
      if (age > 0 && age < 6 * DAY) return format('weekdayShort', at)
      return date(at)
    },
    /** For messages, and `inside` a sentence: “Today, 8:15 AM”, “Thu, Nov 12, 2:40 PM”. */
    moment: (at: Date, inside = false) => {
      const on = day(at)
      if (on === today) return t(inside ? 'time.inside.today' : 'time.today', { time: time(at) })
      if (on === yesterday) return t(inside ? 'time.inside.yesterday' : 'time.yesterday', { time: time(at) })
      return format(sameYear(at) ? 'moment' : 'momentOfYear', at)
    },
    /** With seconds and zone, for the title of a short form. */
    exact: (at: Date) => format('exact', at),
    hour: (at: Date) => Number(clocks(`en-US|${timeZone}`)('hour', at)),
    /** “Ana, Ben, and Cleo” */
    list: (names: string[]) => lists(locale).format(names),
    /** A file's size from bytes: “1.8 MB”. */
    size: (bytes: number) => {
      const [unit, value] =
        bytes < 1_000_000 ? (['kilobyte', bytes / 1000] as const) : (['megabyte', bytes / 1_000_000] as const)
      return sizes(`${locale}|${unit}|${value < 10 ? 1 : 0}`).format(Math.max(value, 0.1))
    },
  }
}

export type Formats = ReturnType<typeof formatsFor>
