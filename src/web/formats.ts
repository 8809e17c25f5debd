import type { Translate } from '#src/messages/index.ts'

const formatters = new Map<string, Intl.DateTimeFormat>()

const dateFormat = (locale: string, timeZone: string, options: Intl.DateTimeFormatOptions) => {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, { timeZone, ...options })
  formatters.set(key, made)
  return made
}

const relatives = new Map<string, Intl.RelativeTimeFormat>()
const relative = (locale: string) => {
  const made =
    relatives.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'narrow' })
  relatives.set(locale, made)
  return made
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** How this person reads dates, times and sizes: the locale's words, her own time zone. */
export const formatsFor = (locale: string, timeZone: string, now: Date, t: Translate) => {
  const format = (options: Intl.DateTimeFormatOptions) => dateFormat(locale, timeZone, options)
  /** The calendar day there, as `2026-11-17`. */
  const day = (date: Date) =>
    dateFormat('sv-SE', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(date)
  const today = day(now)
  // counted in days, not hours: a day may have 23 or 25 of them
  const yesterday = new Date(Date.parse(today) - DAY).toISOString().slice(0, 10)
  const time = (date: Date) => format({ hour: 'numeric', minute: '2-digit' }).format(date)
  const sameYear = (date: Date) => day(date).slice(0, 4) === today.slice(0, 4)
  const date = (at: Date) =>
    format({ month: 'short', day: 'numeric', ...(sameYear(at) ? {} : { year: 'numeric' }) }).format(at)
  return {
    time,
    date,
    /** “November 17, 2026” */
    longDate: (at: Date) => format({ dateStyle: 'long' }).format(at),
    /** “Tuesday, November 17” */
    weekday: (at: Date) => format({ weekday: 'long', month: 'long', day: 'numeric' }).format(at),
    /** For lists: “38 min ago”, “Yesterday”, “Fri”, “Nov 10”, “Nov 10, 2025”. */
    short: (at: Date) => {
      const age = now.getTime() - at.getTime()
      if (age < 60_000 && age > -60_000) return t('time.now')
      if (age > 0 && age < HOUR) return relative(locale).format(-Math.floor(age / 60_000), 'minute')
      if (age > 0 && age < DAY && day(at) === today)
        return relative(locale).format(-Math.floor(age / HOUR), 'hour')
      if (day(at) === yesterday) return t('time.yesterdayShort')
      if (age > 0 && age < 6 * DAY) return format({ weekday: 'short' }).format(at)
      return date(at)
    },
    /** For messages, and `inside` a sentence: “Today, 8:15 AM”, “Thu, Nov 12, 2:40 PM”. */
    moment: (at: Date, inside = false) => {
      const on = day(at)
      if (on === today) return t(inside ? 'time.inside.today' : 'time.today', { time: time(at) })
      if (on === yesterday) return t(inside ? 'time.inside.yesterday' : 'time.yesterday', { time: time(at) })
      const year = sameYear(at) ? {} : { year: 'numeric' as const }
      return format({
        weekday: 'short',
        month: 'short',
        day: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
        ...year,
      }).format(at)
    },
    /** With seconds and zone, for the title of a short form. */
    exact: (at: Date) => format({ dateStyle: 'full', timeStyle: 'long' }).format(at),
    hour: (at: Date) =>
      Number(dateFormat('en-US', timeZone, { hour: 'numeric', hourCycle: 'h23' }).format(at)),
    /** A file's size from bytes: “1.8 MB”. */
    size: (bytes: number) => {
      const [unit, value] =
        bytes < 1_000_000 ? (['kilobyte', bytes / 1000] as const) : (['megabyte', bytes / 1_000_000] as const)
      const digits = value < 10 ? 1 : 0
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: digits,
      }).format(Math.max(value, 0.1))
    },
  }
}

export type Formats = ReturnType<typeof formatsFor>
