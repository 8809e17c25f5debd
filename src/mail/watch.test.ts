import { beforeAll, expect, test } from 'vitest'
import { aRun, listeningLog } from '#src/jobs/test-ground.ts'
import { mailAlert } from '#src/mail/jobs.ts'
import { aTenant, installation, mailRow, queue } from '#src/mail/test-ground.ts'
import { asOwner, freshDatabase } from '#test/database.ts'

beforeAll(async () => {
  await freshDatabase()
  await installation()
})

const age = (id: string, interval: string) =>
  asOwner('update mail set created_at = now() - $2::interval where id = $1', [id, interval])

const watch = async () => {
  const { logger, lines } = listeningLog()
  await mailAlert.perform({}, aRun(logger))
  return lines
}

test('an outbox that is on time is left alone', async () => {
  const { tenant } = await aTenant()
  const id = await queue(tenant)
  expect(await watch()).toEqual([])
  expect(await mailRow(tenant, id)).toMatchObject({ state: 'queued' })
})

test('late mails raise the alarm; what is too late is dropped, what nobody can be sending is given up', async () => {
  const [here, there] = [await aTenant(), await aTenant()]
  const late = await queue(here.tenant)
  await age(late, '20 minutes')
  const expired = await queue(here.tenant, { expiresAt: new Date(Date.now() - 1_000) })
  const lost = await queue(there.tenant)
  await age(lost, '4 days')
  expect(await watch()).toMatchObject([{ level: 50, alert: true, late: 1, abandoned: 1 }])
  expect(await mailRow(here.tenant, late)).toMatchObject({ state: 'queued' })
  expect(await mailRow(here.tenant, expired)).toMatchObject({ state: 'dropped', last_error: 'too late' })
  expect(await mailRow(there.tenant, lost)).toMatchObject({ state: 'failed', last_error: 'never sent' })
})
