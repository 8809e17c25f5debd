import type { Db } from '#src/db/scope.ts'
import type { MessageKey, Values } from '#src/messages/index.ts'
import { PERMISSIONS, type Permission } from '#src/permissions.ts'
import type { Form } from '#src/web/body.ts'

const MAX_NAME = 60

export type RoleInput = { name: string; permissions: Permission[]; assignable: boolean }
export type NameProblem = { key: MessageKey; values?: Values }

/** What was typed; permissions that the catalogue doesn't know are nobody's to give. */
export const typedRole = (form: Form): RoleInput => {
  const given = new Set(form.all('permission'))
  return {
    name: form.get('name').trim(),
    permissions: PERMISSIONS.filter((permission) => given.has(permission)),
    assignable: form.get('assignable') !== '',
  }
}

export const roleNameProblem = async (
  db: Db,
  name: string,
  except?: string,
): Promise<NameProblem | undefined> => {
  if (name === '') return { key: 'form.required' }
  if (name.length > MAX_NAME)
    return { key: 'form.tooLong', values: { over: name.length - MAX_NAME, max: MAX_NAME } }
  const rows = await db.selectFrom('role').select(['id', 'name']).execute()
  const same = rows.find((row) => row.id !== except && row.name.toLowerCase() === name.toLowerCase())
  return same && { key: 'roles.name.taken', values: { name: same.name } }
}
