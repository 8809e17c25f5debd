import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { asSystem, scoped } from '#src/db/scope.ts'
import { importFiles } from '#src/imports/import.ts'
import type { ImportOptions } from '#src/imports/run.ts'
import { permissionsOf } from '#src/permissions.ts'
import { createTenant } from '#src/tenants/create.ts'
import type { Contact } from '#src/viewer.ts'
import { asOwner } from '#test/database.ts'

/** Writes a file for a test and answers its path. */
export const fileIn = (folder: string) => (name: string, content: string | Buffer) => {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

export const newTenant = async (slug: string): Promise<string> => {
  const id = await createTenant({ slug, name: `${slug} IT`, supportEmail: `support@${slug}.example` })
  if (!id) throw new Error(`the slug ${slug} is taken`)
  return id
}

type Given = Partial<Omit<ImportOptions, 'tenantId' | 'files'>>

export const importAll = (tenantId: string, paths: string[], given: Given = {}) =>
  importFiles({ source: 'test', ...given, tenantId, files: paths.map((path) => ({ path })) })

/** How many rows each table holds of the tenant. */
export const rowCounts = async (tenantId: string) => {
  const tables = [
    'company',
    'contact',
    'staff_member',
    'category',
    'ticket',
    'ticket_message',
    'ticket_event',
  ]
  const others = ['ticket_participant', 'attachment', 'counter', 'audit_event']
  const counts = await Promise.all(
    [...tables, ...others].map(async (table) => {
      const [row] = await asOwner<{ count: number }>(
        `select count(*)::int as count from ${table} where tenant_id = $1`,
        [tenantId],
      )
      return [table, row?.count ?? 0] as const
    }),
  )
  return Object.fromEntries(counts)
}

/** The contact with this address, as who she is in the portal. */
export const viewerCalled = async (tenantId: string, email: string): Promise<Contact> => {
  const row = await asSystem(
    'test',
    (db) =>
      db
        .selectFrom('contact')
        .innerJoin('company', 'company.id', 'contact.company_id')
        .innerJoin('role', 'role.id', 'contact.role_id')
        .select([
          'contact.id',
          'contact.name',
          'company_id',
          'company.name as company',
          'preset',
          'permissions',
        ])
        .where('email_key', '=', email)
        .executeTakeFirstOrThrow(),
    tenantId,
  )
  const { id: contactId, name, company_id: companyId, company: companyName } = row
  const permissions = permissionsOf(row)
  return {
    kind: 'contact',
    tenantId,
    companyId,
    contactId,
    sessionId: contactId,
    name,
    email,
    companyName,
    permissions,
  }
}

/** All that the portal's role sees of tickets, for this viewer. */
export const seenBy = (viewer: Contact) =>
  scoped(viewer, 'read', async (db) => ({
    tickets: await db
      .selectFrom('ticket')
      .select(['number', 'subject', 'status', 'excerpt'])
      .orderBy('number')
      .execute(),
    messages: (await db.selectFrom('ticket_message').select('body').orderBy('created_at').execute()).map(
      (m) => m.body,
    ),
    attachments: (await db.selectFrom('attachment').select('name').execute()).map((file) => file.name),
  }))
