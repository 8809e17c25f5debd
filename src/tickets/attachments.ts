import type { Db } from '#src/db/scope.ts'
import type { StoredFile } from '#src/files/kept.ts'

type Belongs = {
  ticket_id: string
  message_id: string
  confidential: boolean
  visible_to: string[]
  internal: boolean
  /** Named by staff; a contact's scope names her own. */
  company_id?: string
}

/** Makes files visible whose bytes are on disk already: file and row appear together or not at all. */
export const addAttachments = async (db: Db, belongs: Belongs, files: StoredFile[]) => {
  if (files.length === 0) return
  await db
    .insertInto('attachment')
    .values(
      files.map((file) => ({
        ...belongs,
        id: file.id,
        name: file.name,
        media_type: file.mediaType,
        bytes: file.bytes,
        sha256: Buffer.from(file.sha256, 'hex'),
      })),
    )
    .execute()
}

/** A file in the scope; those of notes are for staff alone. */
export const findAttachment = (db: Db, id: string, notes = false) =>
  db
    .selectFrom('attachment')
    .select(['id', 'name', 'media_type', 'bytes'])
    .where('id', '=', id)
    .$if(!notes, (query) => query.where('internal', '=', false))
    .executeTakeFirst()
