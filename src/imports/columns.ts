import type { Selectable } from 'kysely'
import type { DB } from '#src/db/schema.gen.ts'

const LINK = ['source', 'external_id'] as const
const COPIED = ['ticket_id', 'company_id', 'confidential', 'visible_to'] as const

/** What an import writes, table by table: a table stands after those that it points to. */
export const COLUMNS = {
  category: ['id', 'name', 'position'],
  company: ['id', 'name', 'name_key', ...LINK, 'created_at', 'archived_at'],
  staff_member: ['id', 'name', 'email', 'email_key', 'title', ...LINK, 'disabled_at'],
  contact: [
    ...(['id', 'company_id', 'name', 'email', 'email_key', 'title', 'phone', 'mobile', 'role_id'] as const),
    ...LINK,
    ...(['created_at', 'disabled_at', 'archived_at'] as const),
  ],
  ticket: [
    ...([
      'id',
      'company_id',
      'number',
      'subject',
      'status',
      'priority',
      'category_id',
      'requester_id',
    ] as const),
    ...([
      'assignee_id',
      'confidential',
      'visible_to',
      'via',
      'created_at',
      'updated_at',
      'status_since',
    ] as const),
    ...LINK,
  ],
  ticket_participant: [...COPIED, 'contact_id', 'added_at'],
  ticket_message: [
    ...([
      'id',
      ...COPIED,
      'internal',
      'author_contact_id',
      'author_staff_id',
      'author_name',
      'body',
      'via',
    ] as const),
    'created_at',
    ...LINK,
  ],
  ticket_event: ['id', ...COPIED, 'kind', 'actor_staff_id', 'actor_name', 'data', 'created_at'],
  attachment: [
    'id',
    ...COPIED,
    'message_id',
    'internal',
    'name',
    'media_type',
    'bytes',
    'sha256',
    'created_at',
  ],
} as const satisfies { [T in keyof DB]?: readonly (keyof DB[T])[] }

export type Written = keyof typeof COLUMNS
export const WRITTEN = Object.keys(COLUMNS) as Written[]

type Raw<T extends Written> = Pick<Selectable<DB[T]>, (typeof COLUMNS)[T][number] & keyof Selectable<DB[T]>>
/** A row as an import writes it; bytes as PostgreSQL writes them in text, `\x0a0b`. */
export type RowOf<T extends Written> = { [C in keyof Raw<T>]: Raw<T>[C] extends Buffer ? string : Raw<T>[C] }
