import { Hono } from 'hono'
import { beforeAll, expect, test } from 'vitest'
import { enrolled, grownStale } from '#src/staff-sign-in/test-ground.ts'
import type { StaffEnv } from '#src/web/context.ts'
import { staffNeeds } from '#src/web/staff-scope.ts'
import { fresh } from '#src/web/step-up.tsx'
import { asOwner } from '#test/database.ts'
import { asStaff, type World, world } from '#test/world.ts'

let w: World
const done: string[] = []
beforeAll(async () => {
  w = await world()
  const guarded = new Hono<StaffEnv>()
  guarded.get('/', staffNeeds('staff:settings'), fresh, (c) => c.text('the secret'))
  guarded.post('/', staffNeeds('staff:settings'), fresh, (c) => {
    done.push(`${c.var.form.get('name')}: ${c.var.form.all('right').join(' ')}`)
    return c.redirect('/staff', 303)
  })
  w.app.route('/staff/guarded', guarded as unknown as Hono)
})

const fields = { name: 'Night "shift" <b>', right: ['read', 'write'] }

test('who has shown the second factor lately is not asked', async () => {
  const at = await asStaff(w.staff.administrator)
  expect((await at.get('/staff/guarded')).text).toBe('the secret')
  expect((await at.post('/staff/guarded', fields)).location).toBe('/staff')
  expect(done.splice(0)).toEqual(['Night "shift" <b>: read write'])
})

test('a page sends to the proof and the proof back', async () => {
  const { administrator } = w.staff
  const { code, again } = await enrolled(administrator)
  await again()
  const at = await asStaff(administrator)
  await grownStale(administrator)
  const sent = await at.get('/staff/guarded?a=1')
  expect([sent.status, sent.location]).toEqual([303, '/staff/proof?next=%2Fstaff%2Fguarded%3Fa%3D1'])
  expect((await at.get(sent.location ?? '')).text).toContain('Confirm it’s you')
  const back = await at.post('/staff/proof', { next: '/staff/guarded?a=1', proof: code() })
  expect([back.status, back.location]).toEqual([303, '/staff/guarded?a=1'])
  expect((await at.get('/staff/guarded?a=1')).text).toBe('the secret')
  await grownStale(administrator)
  await again()
  const away = await at.post('/staff/proof', { next: '//evil.example/', proof: code() })
  expect(away.location).toBe('/staff')
})

test('a form waits with all that was typed, and goes on when the code is right', async () => {
  const { administrator } = w.staff
  const { code, recovery, again } = await enrolled(administrator)
  await again()
  const at = await asStaff(administrator)
  await grownStale(administrator)
  const asked = await at.post('/staff/guarded', fields)
  expect(asked.status).toBe(422)
  expect(asked.text).toContain('action="/staff/guarded"')
  expect(asked.text).toContain('name="name" value="Night &quot;shift&quot; &lt;b&gt;"')
  expect(asked.text.match(/name="right" value="(read|write)"/g)).toHaveLength(4) // for a code, and for a passkey
  const [, form = ''] = asked.text.split('action="/staff/guarded"')
  expect(form.split('</form>')[0]?.match(/name="csrf"/g)).toHaveLength(1)

  const wrong = await at.post('/staff/guarded', { ...fields, proof: '000000' })
  expect([wrong.status, wrong.text.includes('doesn’t match')]).toEqual([422, true])
  expect(done).toEqual([])

  expect((await at.post('/staff/guarded', { ...fields, proof: code() })).location).toBe('/staff')
  expect(done.splice(0)).toEqual(['Night "shift" <b>: read write'])
  await grownStale(administrator)
  expect((await at.post('/staff/guarded', { ...fields, proof: code() })).status).toBe(422)
  const [spare = ''] = recovery
  expect((await at.post('/staff/guarded', { ...fields, proof: ` ${spare.toUpperCase()}` })).status).toBe(303)
  await grownStale(administrator)
  expect((await at.post('/staff/guarded', { ...fields, proof: spare })).status).toBe(422)
  const rows = await asOwner<{ action: string }>(
    `select action from audit_event where action like 'staff-sign-in.%proved' order by id desc limit 5`,
  )
  expect(rows.map(({ action }) => action.split('.')[1])).toEqual([
    'not-proved',
    'proved',
    'not-proved',
    'proved',
    'not-proved',
  ])
})

test('tries are limited, and the role is asked first', async () => {
  const at = await asStaff(w.staff.administrator)
  await grownStale(w.staff.administrator)
  const tries = []
  for (let n = 0; n < 10; n++)
    tries.push((await at.post('/staff/guarded', { ...fields, proof: '111111' })).status)
  expect(tries.at(-1)).toBe(429)
  const manager = await asStaff(w.staff.manager)
  await grownStale(w.staff.manager)
  expect((await manager.post('/staff/guarded', fields)).status).toBe(403)
})
