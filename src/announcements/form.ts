import { z } from 'zod'
import type { AnnouncementRow } from '#src/announcements/queries.ts'
import { type Problem, type Problems, textProblem, unless } from '#src/settings/check.ts'
import type { Form } from '#src/web/body.ts'

export const SEVERITIES = ['info', 'attention', 'danger'] as const

export type Typed = {
  title: string
  body: string
  severity: string
  audience: string
  companies: string[]
  from: string
  until: string
}

export const typedIn = (form: Form): Typed => ({
  title: form.get('title').trim(),
  body: form.get('body').trim(),
  severity: form.get('severity'),
  audience: form.get('audience'),
  companies: [...new Set(form.all('companies'))],
  from: form.get('from'),
  until: form.get('until'),
})

/** An instant as the clock of a time zone shows it, for `datetime-local`. */
const localOf = (at: Date, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    .format(at)
    .replace(' ', 'T')

export const typedOf = (row: AnnouncementRow, timeZone: string): Typed => ({
  title: row.title,
  body: row.body,
  severity: row.severity,
  audience: row.limited_to ? 'companies' : 'all',
  companies: row.limited_to ?? [],
  from: localOf(row.shown_from, timeZone),
  until: row.shown_until ? localOf(row.shown_until, timeZone) : '',
})

export const blank = (now: Date, timeZone: string): Typed => ({
  title: '',
  body: '',
  severity: 'info',
  audience: 'all',
  companies: [],
  from: localOf(now, timeZone),
  until: '',
})

export const severity = z.enum(SEVERITIES)
const isMoment = (text: string) =>
  /^20\d\d-\d\d-\d\dT\d\d:\d\d$/.test(text) && z.iso.datetime({ local: true }).safeParse(`${text}:00`).success

const companiesProblem = (typed: Typed, known: ReadonlySet<string>): Problem | undefined => {
  if (typed.audience !== 'companies') return undefined
  if (typed.companies.length === 0) return { key: 'announcements.problem.companies' }
  return unless(
    typed.companies.every((id) => known.has(id)),
    'announcements.problem.companies',
  )
}

/** What has to be mended, field by field. */
export const problemsOf = (typed: Typed, known: ReadonlySet<string>): Problems => ({
  title: textProblem(typed.title, 120),
  body: textProblem(typed.body, 1000, false),
  severity: unless(severity.safeParse(typed.severity).success, 'form.required'),
  audience: unless(['all', 'companies'].includes(typed.audience), 'form.required'),
  companies: companiesProblem(typed, known),
  from: unless(isMoment(typed.from), 'announcements.problem.moment'),
  until:
    typed.until === ''
      ? undefined
      : (unless(isMoment(typed.until), 'announcements.problem.moment') ??
        unless(typed.until > typed.from, 'announcements.problem.until')),
})
