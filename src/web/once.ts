import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import { sha256 } from '#src/secret.ts'
import type { Viewer } from '#src/viewer.ts'
import type { Form } from '#src/web/body.ts'

/** A form that was sent, by whom, and to which address. */
type Sending = { db: Db; viewer: Viewer; form: Form; path: string }

const key = z.uuid()

const fingerprint = (path: string, form: Form, fields: string[]) =>
  sha256(
    JSON.stringify([
      path,
      fields.map((name) => form.all(name)),
      form.files.map((file) => [file.name, file.bytes]),
    ]),
  )

/**
 * Does a write once for each sending of its form: a double click or a retry gets the first one's answer. The key is
 * written in the transaction of the effect; a second sending waits for the first. `conflict`: the key was used for
 * another content, or at another address.
 */
export const once = async (
  { db, viewer, form, path }: Sending,
  fields: string[],
  work: () => Promise<string>,
): Promise<{ location: string } | 'conflict'> => {
  const parsed = key.safeParse(form.get('once'))
  if (!parsed.success) return { location: await work() }
  const mine = { contact_id: viewer.contactId, key: parsed.data }
  const hash = fingerprint(path, form, fields)
  const first = await db
    .insertInto('idempotency')
    .values({ ...mine, request_hash: hash })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  const known = db
    .selectFrom('idempotency')
    .where('contact_id', '=', mine.contact_id)
    .where('key', '=', mine.key)
  if (!first) {
    const earlier = await known.select(['request_hash', 'location']).executeTakeFirst()
    return earlier?.location && earlier.request_hash.equals(hash)
      ? { location: earlier.location }
      : 'conflict'
  }
  const location = await work()
  await db
    .updateTable('idempotency')
    .set({ location })
    .where('contact_id', '=', mine.contact_id)
    .where('key', '=', mine.key)
    .execute()
  return { location }
}
