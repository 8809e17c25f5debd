import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { asSystem } from '#src/db/scope.ts'
import { store } from '#src/files/store.ts'
import { nextNumber } from '#src/tickets/create.ts'
import type { Status } from '#src/tickets/filter.ts'
import { excerptOf } from '#src/tickets/reply.ts'
import type { Person } from '#test/world.ts'

type Seed = {
  subject: string
  body: string
  internal?: string
  file?: string
  confidential?: boolean
  status?: Status
  updated?: Date
}

const stored = async (tenant: string, name: string) => {
  const id = uuidv7()
  const path = join(tmpdir(), id)
  await writeFile(path, `content of ${name}`)
  return { id, name, media_type: 'text/plain', ...(await store.put(tenant, id, path)) }
}

/** A ticket with a public message, and on request an internal note and a file on each. Answers the ids. */
export const seedTicket = (who: Person, seed: Seed) =>
  asSystem(
    'test',
    async (db) => {
      const [id, message, note] = [uuidv7(), uuidv7(), uuidv7()]
      const shared = {
        company_id: who.company,
        confidential: seed.confidential ?? false,
        visible_to: [who.id],
      }
      const at = seed.updated ?? new Date()
      const category = seed.confidential
        ? (
            await db
              .selectFrom('category')
              .select('id')
              .where('confidential', '=', true)
              .executeTakeFirstOrThrow()
          ).id
        : null
      await db
        .insertInto('ticket')
        .values({
          ...shared,
          id,
          number: await nextNumber(db),
          subject: seed.subject,
          status: seed.status ?? 'new',
          category_id: category,
          requester_id: who.id,
          created_at: at,
          updated_at: at,
          excerpt: excerptOf(seed.body),
          excerpt_by: who.name,
          excerpt_contact_id: who.id,
        })
        .execute()
      await db
        .insertInto('ticket_participant')
        .values({ ...shared, ticket_id: id, contact_id: who.id })
        .execute()
      const row = { ...shared, ticket_id: id }
      await db
        .insertInto('ticket_message')
        .values({
          ...row,
          id: message,
          internal: false,
          author_contact_id: who.id,
          author_name: who.name,
          body: seed.body,
          created_at: at,
        })
        .execute()
      if (seed.internal)
        await db
          .insertInto('ticket_message')
          .values({ ...row, id: note, internal: true, author_name: 'Staff', body: seed.internal })
          .execute()
      const file = seed.file && (await stored(who.tenant, seed.file))
      if (file)
        await db
          .insertInto('attachment')
          .values({ ...row, ...file, message_id: message, internal: false })
          .execute()
      const hidden = seed.file && seed.internal && (await stored(who.tenant, `internal-${seed.file}`))
      if (hidden)
        await db
          .insertInto('attachment')
          .values({ ...row, ...hidden, message_id: note, internal: true })
          .execute()
      return { id, message, file: file ? file.id : '', hiddenFile: hidden ? hidden.id : '' }
    },
    who.tenant,
  )
