import type { MessageKey, Values } from '#src/messages/index.ts'
import { addressProblem } from '#src/sign-in/address.ts'
import type { Form } from '#src/web/body.ts'

export const FIELDS = ['name', 'email', 'jobTitle', 'role'] as const
export type ColleagueInput = { name: string; email: string; title: string; role: string }
export type ColleagueProblems = Partial<Record<(typeof FIELDS)[number], { key: MessageKey; values?: Values }>>

const LONGEST = 200

export const typedColleague = (form: Form): ColleagueInput => ({
  name: form.get('name').trim(),
  email: form.get('email').trim(),
  title: form.get('jobTitle').trim(),
  role: form.get('role'),
})

/** What is wrong with an invitation; `known`: the role is one that may be given. */
export const colleagueProblems = (input: ColleagueInput, known: boolean): ColleagueProblems => {
  const problems: ColleagueProblems = {}
  const over = (text: string) => ({
    key: 'form.tooLong' as const,
    values: { over: text.length - LONGEST, max: LONGEST },
  })
  if (input.name === '') problems.name = { key: 'form.required' }
  else if (input.name.length > LONGEST) problems.name = over(input.name)
  if (input.title.length > LONGEST) problems.jobTitle = over(input.title)
  const malformed = addressProblem(input.email)
  if (malformed) problems.email = { key: malformed }
  if (!known) problems.role = { key: 'access.invite.badRole' }
  return problems
}
