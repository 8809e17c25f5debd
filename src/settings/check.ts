import { z } from 'zod'
import type { MessageKey, Values } from '#src/messages/index.ts'
import { addressProblem } from '#src/sign-in/address.ts'
import type { Form } from '#src/web/body.ts'

export type Problem = { key: MessageKey; values?: Values }
/** What has to be mended, by the id of the field. */
export type Problems = Record<string, Problem | undefined>
export type Typed<F extends string> = Record<F, string>

export const typedIn = <F extends string>(form: Form, fields: readonly F[]): Typed<F> =>
  Object.fromEntries(fields.map((name) => [name, form.get(name).trim()])) as Typed<F>

export const anyProblem = (problems: Problems) => Object.values(problems).some(Boolean)

export const unless = (fits: boolean, key: MessageKey, values?: Values): Problem | undefined =>
  fits ? undefined : { key, ...(values && { values }) }

/** A text of at most `max` characters; empty only when it may be. */
export const textProblem = (text: string, max: number, needed = true): Problem | undefined => {
  if (text === '') return needed ? { key: 'form.required' } : undefined
  const over = [...text].length - max
  return over > 0 ? { key: 'form.tooLong', values: { over, max } } : undefined
}

export const emailProblem = (text: string): Problem | undefined =>
  textProblem(text, 254) ??
  unless(addressProblem(text) === undefined && z.email().safeParse(text).success, 'settings.problem.email')

/** A whole number in a range. */
export const numberProblem = (text: string, min: number, max: number): Problem | undefined =>
  unless(/^\d{1,6}$/.test(text) && Number(text) >= min && Number(text) <= max, 'settings.problem.number', {
    min,
    max,
  })

/** Only what differs, as the audit log keeps it. */
export const difference = <T extends Record<string, string | number | boolean | string[] | null>>(
  was: T,
  is: T,
) => {
  const names = Object.keys(is).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
  const only = (of: T) => Object.fromEntries(names.map((name) => [name, of[name] ?? null]))
  return { changed: names.length > 0, data: { before: only(was), after: only(is) } }
}
