import type { Db } from '#src/db/scope.ts'
import { keptFiles, type StoredFile } from '#src/files/kept.ts'
import type { Contact, Staff } from '#src/viewer.ts'
import type { Form } from '#src/web/body.ts'

/** What a form kept from an earlier sending and no message has yet, each file once. */
const keptBefore = async (db: Db, viewer: Contact | Staff, form: Form) => {
  const kept = new Map(keptFiles(viewer, form.all('kept')).map((file) => [file.id, file]))
  if (kept.size === 0) return []
  const sent = await db
    .selectFrom('attachment')
    .select('id')
    .where('id', 'in', [...kept.keys()])
    .execute()
  for (const { id } of sent) kept.delete(id)
  return [...kept.values()]
}

/** The files of a form: those it kept from an earlier sending, then the new ones that arrived whole. */
export const uploads = async (db: Db, viewer: Contact | Staff, form: Form): Promise<StoredFile[]> => [
  ...(await keptBefore(db, viewer, form)),
  ...form.files.flatMap((file) => (file.stored && !file.tooLarge ? [file.stored] : [])),
]
