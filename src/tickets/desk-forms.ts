import { z } from 'zod'
import type { Changes } from '#src/tickets/desk-change.ts'
import { PRIORITIES, STATUSES } from '#src/tickets/filter.ts'
import type { Problem, Problems } from '#src/tickets/forms.ts'
import type { Form } from '#src/web/body.ts'

export type DeskProblems = Problems & Partial<Record<'status' | 'assignee', Problem>>

type Choices = {
  staff: { id: string; name: string }[]
  categories: { id: string; name: string; confidential: boolean }[]
}

const bad = { key: 'desk.badChoice' as const }
const status = z.enum(STATUSES)
const priority = z.enum(PRIORITIES)

/**
 * What a form of properties asks for. A field counts only when it differs from what its page showed: what a colleague has
 * changed meanwhile stays changed.
 */
export const changesOf = (form: Form, { staff, categories }: Choices) => {
  const asked = (name: string) => {
    const given = form.all(name).at(-1)
    return given === undefined || given === form.all(`was-${name}`).at(-1) ? undefined : given
  }
  const changes: Changes = {}
  const problems: DeskProblems = {}
  const read = <T>(name: keyof Changes & keyof DeskProblems, find: (given: string) => T | undefined) => {
    const given = asked(name)
    if (given === undefined) return undefined
    const found = find(given)
    if (found === undefined) problems[name] = bad
    return found
  }
  const one = <T extends { id: string }>(rows: T[]) => {
    return (given: string) => (given === '' ? null : rows.find((row) => row.id === given))
  }
  changes.status = read('status', (given) => status.safeParse(given).data)
  changes.priority = read('priority', (given) => priority.safeParse(given).data)
  changes.assignee = read('assignee', one(staff))
  changes.category = read('category', one(categories))
  return { changes, problems }
}

/** The status that a reply leaves behind; undefined keeps what it is. */
export const nextOf = (form: Form) => status.safeParse(form.get('next')).data
