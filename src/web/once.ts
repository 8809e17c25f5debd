import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import { sha256 } from '#src/secret.ts'
import { type Contact, personOf, type Staff } from '#src/viewer.ts'
import type { Form } from '#src/web/body.ts'

/** A form that was sent, by whom, and to which address. */
type Sending = { db: Db; viewer: Contact | Staff; form: Form; path: string }

const key = z.uuid()

const fingerprint = (path: string, form: Form, fields: string[]) =>
  sha256(
    JSON.stringify([
      path,
      fields.map((name) => form.all(name)),
      form.files.map((file) => [file.name, file.bytes]),
    ]),
  )

/** Where the keys of this person's forms are kept; contacts and staff have tables of their own. */
const ledgerOf = (db: Db, who: Contact | Staff, given: string) => {
  const [name, person] =
    who.kind === 'staff' ? ['staff_idempotency', 'staff_id'] : ['idempotency', 'contact_id']
  const table = sql.table(name)
  const mine = sql`tenant_id = ${db.tenant} and ${sql.ref(person)} = ${personOf(who)} and key = ${given}`
  return {
    /** Whether this is the key's first use; waits for another sending that is under way. */
    claim: async (hash: Buffer) => {
      const { rows } = await sql`insert into ${table} (tenant_id, ${sql.ref(person)}, key, request_hash)
        values (${db.tenant}, ${personOf(who)}, ${given}, ${hash}) on conflict do nothing returning key`.execute(
        db,
      )
      return rows.length > 0
    },
    earlier: async () => {
      const { rows } = await sql<{ request_hash: Buffer; location: string | null }>`
        select request_hash, location from ${table} where ${mine}`.execute(db)
      return rows[0]
    },
    settle: (location: string) => sql`update ${table} set location = ${location} where ${mine}`.execute(db),
  }
}

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
  const ledger = ledgerOf(db, viewer, parsed.data)
  const hash = fingerprint(path, form, fields)
  if (!(await ledger.claim(hash))) {
    const earlier = await ledger.earlier()
    return earlier?.location && earlier.request_hash.equals(hash)
      ? { location: earlier.location }
      : 'conflict'
  }
  const location = await work()
  await ledger.settle(location)
  return { location }
}
