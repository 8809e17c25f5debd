import { z } from 'zod'
import type { StoredFile } from '#src/files/kept.ts'
import type { MessageKey, Values } from '#src/messages/index.ts'
import { PRIORITIES } from '#src/tickets/filter.ts'
import { MAX_BODY } from '#src/tickets/reply.ts'
import type { Form } from '#src/web/body.ts'
import type { View } from '#src/web/view.ts'

export const MAX_SUBJECT = 200

export type Problem = { key: MessageKey; values?: Values }
export type Problems = Partial<
  Record<'subject' | 'body' | 'category' | 'for' | 'files' | 'priority', Problem>
>

/** What a form had in it, as typed, for the page that gives it back. */
export type Typed = {
  subject: string
  body: string
  priority: string
  category: string
  for: string
  files: StoredFile[]
}

export const typed = (form: Form, files: StoredFile[]): Typed => ({
  subject: form.get('subject'),
  body: form.get('body'),
  priority: form.get('priority') || 'normal',
  category: form.get('category'),
  for: form.get('for'),
  files,
})

export const empty: Typed = { subject: '', body: '', priority: 'normal', category: '', for: '', files: [] }

const tooLong = (text: string, max: number): Problem | undefined =>
  text.length > max ? { key: 'form.tooLong', values: { over: text.length - max, max } } : undefined

/** What is wrong with the uploads of a form, in one sentence. */
const fileProblem = (form: Form, limit: number, view: View): Problem | undefined => {
  const large = form.files.find((file) => file.tooLarge)
  if (large) return { key: 'files.tooLarge', values: { name: large.name, size: view.format.size(limit) } }
  if (form.tooManyFiles) return { key: 'files.tooMany', values: { max: 10 } }
  return undefined
}

const given = <T extends object>(problems: T): T =>
  Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== undefined)) as T

export const replyProblems = (form: Form, input: Typed, limit: number, view: View): Problems =>
  given({
    body:
      input.body.trim() === '' && input.files.length === 0
        ? { key: 'tickets.reply.empty' as const }
        : tooLong(input.body, MAX_BODY),
    files: fileProblem(form, limit, view),
  })

export const ticketProblems = (form: Form, input: Typed, limit: number, view: View): Problems =>
  given({
    subject:
      input.subject.trim() === ''
        ? { key: 'form.required' as const }
        : tooLong(input.subject.trim(), MAX_SUBJECT),
    body: input.body.trim() === '' ? { key: 'form.required' as const } : tooLong(input.body, MAX_BODY),
    priority: z.enum(PRIORITIES).safeParse(input.priority).success
      ? undefined
      : { key: 'form.required' as const },
    files: fileProblem(form, limit, view),
  })

export const hasProblems = (problems: Problems) => Object.keys(problems).length > 0
