import { beforeAll, beforeEach, expect, test } from 'vitest'
import { scopedStaff, systemQuery } from '#src/db/scope.ts'
import { seal } from '#src/seal.ts'
import { useSecret } from '#src/secret.ts'
import { keepSecretOf, rotateSecrets, secretOf, secretsThere } from '#src/settings/secrets.ts'
import { SECRET } from '#test/database.ts'
import { type World, world } from '#test/world.ts'

const NEW = 'the secret of next year, 32 characters long'

let w: World
beforeAll(async () => {
  w = await world()
})
beforeEach(() => useSecret(SECRET))

const ann = () => ({ tenantId: w.quayline, staffId: w.staff.administrator.id })

test('staff write a secret and see that it is there; only the system can open it', async () => {
  await scopedStaff(ann(), 'write', (db) => keepSecretOf(db, 'claude-key', 'sk-ant-first', 'irst'))
  await scopedStaff(ann(), 'write', (db) => keepSecretOf(db, 'claude-key', 'sk-ant-second', 'cond'))
  const there = await scopedStaff(ann(), 'read', secretsThere)
  expect(there.get('claude-key')).toMatchObject({ hint: 'cond' })
  await expect(
    scopedStaff(ann(), 'read', (db) => db.selectFrom('tenant_secret').select('sealed').execute()),
  ).rejects.toThrow('permission denied')
  expect(await secretOf(w.quayline, 'claude-key')).toBe('sk-ant-second')
  expect(await secretOf(w.harbor, 'claude-key')).toBeUndefined()
})

test('a new APP_SECRET takes over what the previous one sealed, and says what it could not', async () => {
  const harbor = { tenantId: w.harbor, staffId: w.harborStaff.id }
  await scopedStaff(harbor, 'write', (db) => keepSecretOf(db, 'smtp-password', 'pässword'))
  await systemQuery('update staff_member set totp_secret = $1 where id = $2', [
    seal(w.quayline, 'totp', 'JBSWY3DPEHPK3PXP'),
    w.staff.manager.id,
  ])
  await systemQuery('update staff_member set totp_secret = $1 where id = $2', [
    seal(w.harbor, 'totp', 'JBSWY3DPEHPK3PXP'),
    w.staff.viewer.id,
  ])
  useSecret(NEW, SECRET)
  const { again, lost } = await rotateSecrets()
  expect(again).toBeGreaterThanOrEqual(2)
  expect(lost).toEqual([`second factor of staff member ${w.staff.viewer.id}`])
  expect((await rotateSecrets()).again).toBe(0)
  useSecret(NEW)
  expect(await secretOf(w.harbor, 'smtp-password')).toBe('pässword')
})
