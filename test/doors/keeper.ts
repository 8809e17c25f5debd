import { uuidv7 } from 'uuidv7'
import { PERMISSIONS, type Permission } from '#src/permissions.ts'
import { asOwner } from '#test/database.ts'
import { giveRole, type World } from '#test/world.ts'

/** Gives a person of the cast a role of her own that opens everything, and answers how to take a permission out of it. */
export const keeperOf = async (w: World) => {
  const who = w.roles.manager
  const role = uuidv7()
  await asOwner('insert into role (tenant_id, id, name, permissions) values ($1, $2, $3, $4)', [
    who.tenant,
    role,
    'Keeper of all doors',
    [...PERMISSIONS],
  ])
  await asOwner('update contact set role_id = $3 where tenant_id = $1 and id = $2', [
    who.tenant,
    who.id,
    role,
  ])
  return {
    who,
    holds: (permissions: readonly Permission[]) =>
      asOwner('update role set permissions = $3 where tenant_id = $1 and id = $2', [
        who.tenant,
        role,
        permissions,
      ]),
    leave: () => giveRole(who, 'manager'),
  }
}
