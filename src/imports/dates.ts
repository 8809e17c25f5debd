export type DateOrder = 'dmy' | 'mdy'

const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/
const ISO = /^(\d{4})([/-])(\d{1,2})\2(\d{1,2})(?!\d)/
const NAMED =
  /^(?:[a-z]{3,9},?\s+)?(?:(\d{1,2})\.?[\s-]+([a-z]{3,9})\.?|([a-z]{3,9})\.?\s+(\d{1,2})),?[\s-]+(\d{4})(?!\d)/i
const TIME =
  /^(?:T|,?\s+(?:at\s+)?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?\.?(?:m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

type Day = { year: number; month: number; day: number }

const fullYear = (text: string) => {
  const year = Number(text)
  return text.length === 4 ? year : year + (year >= 70 ? 1900 : 2000)
}

const dayOf = (text: string, order: DateOrder | undefined): { day: Day; rest: string } | undefined => {
  const iso = ISO.exec(text)
  if (iso) {
    const [all, year, , month, day] = iso
    return {
      day: { year: Number(year), month: Number(month), day: Number(day) },
      rest: text.slice(all.length),
    }
  }
  const numeric = NUMERIC.exec(text)
  if (numeric) {
    const [all, first, mark, second, year = ''] = numeric
    // 31.12.2026 is only ever written day first
    const [day, month] = order === 'mdy' && mark !== '.' ? [second, first] : [first, second]
    return {
      day: { year: fullYear(year), month: Number(month), day: Number(day) },
      rest: text.slice(all.length),
    }
  }
  const named = NAMED.exec(text)
  if (!named) return undefined
  const [all, dayFirst, monthAfter, monthFirst, dayAfter, year] = named
  const month = MONTHS.indexOf((monthAfter ?? monthFirst ?? '').slice(0, 3).toLowerCase()) + 1
  return {
    day: { year: Number(year), month, day: Number(dayFirst ?? dayAfter) },
    rest: text.slice(all.length),
  }
}

/** Milliseconds since midnight UTC; without a zone the time counts as UTC. */
const timeOf = (text: string): number | undefined => {
  if (/^\s*(Z|UTC|GMT)?$/i.test(text)) return 0
  const found = TIME.exec(text)
  if (!found) return undefined
  const [, hours, minutes, seconds = '0', fraction = '0', half, zone = ''] = found
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hours)
  if (hour > 24 || Number(minutes) > 59 || Number(seconds) > 60 || (half && Number(hours) > 12))
    return undefined
  const [, sign, zoneHours, zoneMinutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? []
  const offset = (Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0)) * (sign === '-' ? -1 : 1)
  return (
    ((hour * 60 + Number(minutes) - offset) * 60 + Number(seconds)) * 1000 +
    Math.floor(Number(`0.${fraction}`) * 1000)
  )
}

/**
 * A moment as the common systems write it: ISO, `2020-01-15 0:03:28`, `12/31/2026 4:05 PM`, `15 Jan 2026`. Without a
 * zone it is UTC. Undefined when it is none, such as 31 February. `order` says how `03/04/2026` is meant.
 */
export const parseDate = (text: string, order?: DateOrder): Date | undefined => {
  const found = dayOf(text.trim(), order)
  const time = found && timeOf(found.rest)
  if (!found || time === undefined) return undefined
  const { year, month, day } = found.day
  const midnight = new Date(Date.UTC(year, month - 1, day))
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day || year < 1970 || year > 2200)
    return undefined
  return new Date(midnight.getTime() + time)
}

/** What a cell says about the order of its column: `either` when it could be both, undefined when nothing. */
export const orderHint = (text: string): DateOrder | 'either' | undefined => {
  const [, first, mark, second] = NUMERIC.exec(text.trim()) ?? []
  if (!first || !second || mark === '.' || Number(first) === Number(second)) return undefined
  if (Number(first) > 12) return 'dmy'
  return Number(second) > 12 ? 'mdy' : 'either'
}
