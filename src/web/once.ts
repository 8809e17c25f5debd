import { z } from 'zod'
import type { Db } from '#src/db/scope.ts'
import { sha256 } from '#src/secret.ts'
import type { Contact, Staff } from '#src/viewer.ts'
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

/** Where the keys of forms are kept; contacts and staff have tables of their own. */
const ledgerOf = (db: Db, who: Contact | Staff, given: string): Ledger =>
  who.kind === 'staff' ? staffLedger(db, who.staffId, given) : contactLedger(db, who.contactId, given)

type Ledger = {
  /** Whether this is the key's first use; waits for another sending that is under way. */
  claim: (hash: Buffer) => Promise<boolean>
  earlier: () => Promise<{ request_hash: Buffer; location: string | null } | undefined>
  settle: (location: string) => Promise<unknown>
}

const contactLedger = (db: Db, contact_id: string, key: string): Ledger => ({
  claim: async (request_hash) =>
    (await db
      .insertInto('idempotency')
      .values({ contact_id, key, request_hash })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst()) !== undefined,
  earlier: () =>
    db
      .selectFrom('idempotency')
      .select(['request_hash', 'location'])
      .where('contact_id', '=', contact_id)
      .where('key', '=', key)
      .executeTakeFirst(),
  settle: (location) =>
    db
      .updateTable('idempotency')
      .set({ location })
      .where('contact_id', '=', contact_id)
      .where('key', '=', key)
      .execute(),
})

const staffLedger = (db: Db, staff_id: string, key: string): Ledger => ({
  claim: async (request_hash) =>
    (await db
      .insertInto('staff_idempotency')
      .values({ staff_id, key, request_hash })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst()) !== undefined,
  earlier: () =>
    db
      .selectFrom('staff_idempotency')
      .select(['request_hash', 'location'])
      .where('staff_id', '=', staff_id)
      .where('key', '=', key)
      .executeTakeFirst(),
  settle: (location) =>
    db
      .updateTable('staff_idempotency')
      .set({ location })
      .where('staff_id', '=', staff_id)
      .where('key', '=', key)
      .execute(),
})

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
