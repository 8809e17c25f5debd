import { setTimeout as pause } from 'node:timers/promises'
import { Hono } from 'hono'
import { z } from 'zod'
import { PanesPage, StartPage } from '#src/demo/pages.tsx'
import { demoPeople, demoRequest } from '#src/demo/people.ts'
import { demoStaff, enterAsDemoStaff } from '#src/demo/staff.ts'
import { listMailbox } from '#src/mail/mailbox.ts'
import { paths } from '#src/paths.ts'
import { ask } from '#src/sign-in/ask.ts'
import { browserHash } from '#src/sign-in/links.ts'
import { letStaffIn, staffVisit } from '#src/staff-sign-in/enter.ts'
import type { PublicEnv } from '#src/web/context.ts'
import { notFound, problem } from '#src/web/errors.tsx'
import { render } from '#src/web/render.tsx'

const ID = ':request{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}'
const MOMENTS = 20

/** The demo's own door: who there is, and the real sign-in with the mailbox beside it. Mounted in demo mode only. */
export const demoStart = new Hono<PublicEnv>()

demoStart.get('/', async (c) => {
  const search = (c.req.query('q') ?? '').slice(0, 100).trim()
  const [people, staff] = await Promise.all([demoPeople(search), demoStaff()])
  return render(c, <StartPage people={people} staff={staff} search={search} />)
})

demoStart.post('/staff', async (c) => {
  const id = z.uuid().safeParse(c.var.form.get('id')).data
  const entry = id && (await enterAsDemoStaff(id, staffVisit(c)))
  if (!entry) return notFound(c)
  letStaffIn(c, entry)
  return c.redirect(paths.staff.home(), 303)
})

demoStart.post('/', async (c) => {
  const asked = await ask(c, c.var.form.get('email'))
  if ('minutes' in asked) return problem(c, 429, { minutes: asked.minutes })
  return 'problem' in asked ? problem(c, 422) : c.redirect(paths.demoSignIn(asked.request), 303)
})

/** The newest mail to the address that isn't older than the request; waits a moment for it. */
const newestMail = async (
  email: string,
  since: Date | undefined,
  moments: number,
): Promise<string | undefined> => {
  const [newest] = await listMailbox(email)
  if (newest && (!since || newest.date >= since)) return newest.id
  if (moments === 0) return undefined
  await pause(100)
  return newestMail(email, since, moments - 1)
}

demoStart.get(`/${ID}`, async (c) => {
  const id = c.req.param('request')
  const request = await demoRequest(id, browserHash(c.var.browser))
  if (!request) return notFound(c)
  const limited = request.state === 'limited'
  const mail = await newestMail(
    request.email,
    limited ? undefined : request.created_at,
    limited ? 0 : MOMENTS,
  )
  if (!mail && !limited) c.header('refresh', '2')
  return render(c, <PanesPage request={id} email={request.email} limited={limited} mail={mail} />)
})
