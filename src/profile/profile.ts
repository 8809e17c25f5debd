import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'
import type { MessageKey, Values } from '#src/messages/index.ts'
import type { Viewer } from '#src/viewer.ts'
import type { Form } from '#src/web/body.ts'

export const DETAILS = ['title', 'phone', 'mobile'] as const
export type Details = Record<(typeof DETAILS)[number], string>
export type Problem = { key: MessageKey; values?: Values }

const LONGEST = { title: 200, phone: 50, mobile: 50 } as const

export const findProfile = (db: Db, viewer: Viewer) =>
  db
    .selectFrom('contact')
    .select(['name', 'email', 'title', 'phone', 'mobile'])
    .where('id', '=', viewer.contactId)
    .executeTakeFirstOrThrow()

export const typedDetails = (form: Form): Details => ({
  title: form.get('title').trim(),
  phone: form.get('phone').trim(),
  mobile: form.get('mobile').trim(),
})

export const detailProblems = (input: Details): Partial<Record<keyof Details, Problem>> => {
  const problems: Partial<Record<keyof Details, Problem>> = {}
  for (const field of DETAILS) {
    const over = input[field].length - LONGEST[field]
    if (over > 0) problems[field] = { key: 'form.tooLong', values: { over, max: LONGEST[field] } }
    else if (field !== 'title' && /[^\d\s()+\-./#,;a-z]/i.test(input[field]))
      problems[field] = { key: 'profile.phone.odd' }
  }
  return problems
}

export const saveDetails = (db: Db, viewer: Viewer, input: Details) =>
  db
    .updateTable('contact')
    .set({ title: input.title || null, phone: input.phone || null, mobile: input.mobile || null })
    .where('id', '=', viewer.contactId)
    .execute()

const mine = (db: Db, viewer: Viewer) =>
  db
    .selectFrom('profile_change')
    .select([
      'id',
      'name',
      'email',
      'name_before',
      'email_before',
      'state',
      'created_at',
      'refusal',
      'decided_at',
    ])
    .select(sql<boolean>`state = 'proving' and prove_until <= now()`.as('late'))
    .where('contact_id', '=', viewer.contactId)

/** Her latest request, unless she took it back. */
export const latestChange = (db: Db, viewer: Viewer) =>
  mine(db, viewer).where('state', '<>', 'withdrawn').orderBy('id', 'desc').executeTakeFirst()

export type Change = NonNullable<Awaited<ReturnType<typeof latestChange>>>

export const isOpenChange = (change: Change | undefined): change is Change =>
  change?.state === 'proving' || change?.state === 'waiting'
