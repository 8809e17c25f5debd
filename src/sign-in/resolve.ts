import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { asSystem } from '#src/db/scope.ts'
import { job } from '#src/jobs/job.ts'
import { queueMail } from '#src/mail/outbox.ts'
import { recordSignIn } from '#src/sign-in/audit.ts'
import { linkHashes } from '#src/sign-in/links.ts'
import { settingsOf } from '#src/tenants/settings.ts'

const findRequest = (id: string) =>
  asSystem('sign-in: read a request', (db) =>
    db
      .selectFrom('login_request')
      .selectAll()
      .where('id', '=', id)
      .where('state', '=', 'open')
      .executeTakeFirst(),
  )

type Request = NonNullable<Awaited<ReturnType<typeof findRequest>>>

/** Everybody who has this address and may sign in now, at any tenant or at the one whose page it was. */
const findPeople = (request: Request) =>
  asSystem('sign-in: who has this address', (db) =>
    db
      .selectFrom('contact as c')
      .innerJoin('company as o', (on) =>
        on.onRef('o.tenant_id', '=', 'c.tenant_id').onRef('o.id', '=', 'c.company_id'),
      )
      .innerJoin('tenant as t', 't.tenant_id', 'c.tenant_id')
      .select([
        'c.tenant_id as tenantId',
        'c.id as contactId',
        'c.company_id as companyId',
        'c.name',
        'c.email',
      ])
      .select('t.settings')
      .where('c.email_key', '=', request.email_key)
      .where('c.role_id', 'is not', null)
      .where('c.disabled_at', 'is', null)
      .where('c.archived_at', 'is', null)
      .where('o.archived_at', 'is', null)
      .where('t.suspended_at', 'is', null)
      .$if(request.for_tenant !== null, (query) => query.where('t.tenant_id', '=', request.for_tenant))
      .orderBy('o.name')
      .orderBy('c.id')
      .execute(),
  )

type Person = Awaited<ReturnType<typeof findPeople>>[number]

const earlier = (a: Date, b: Date) => (a < b ? a : b)

/** One mail of one tenant, with a link and a code for each company; made once, however often the job runs. */
const sendLinks = async (request: Request, tenantId: string, people: [Person, ...Person[]]) => {
  const [{ email, settings, contactId }] = people
  const minutes = settingsOf(settings).linkMinutes
  const expiresAt = earlier(request.expires_at, new Date(request.created_at.getTime() + minutes * 60_000))
  const links = people.map((person) => ({ person, id: uuidv7() }))
  await asSystem(
    'sign-in: make links',
    async (db) => {
      const mail = {
        kind: 'sign-in',
        to: email ?? request.email,
        contactId,
        data: { request: request.id, links: links.map(({ id }) => id) },
        dedupeKey: `sign-in ${request.id}`,
        expiresAt,
      }
      if (!(await queueMail(db, mail))) return
      const rows = links.map(({ id, person }) => ({
        id,
        request_id: request.id,
        contact_id: person.contactId,
        company_id: person.companyId,
        browser_hash: request.browser_hash,
        expires_at: expiresAt,
        ...linkHashes(tenantId, id),
      }))
      await db.insertInto('login_link').values(rows).execute()
      for (const { person } of links)
        await recordSignIn(db, { action: 'sent', person, request: request.id, ip: request.ip })
    },
    tenantId,
  )
}

/** Finds out whose address was typed and mails them their links: none when it is nobody's, or was one too many. */
export const resolve = job(z.object({ request: z.uuid() }), async ({ request: id }) => {
  const request = await findRequest(id)
  if (!request) return
  const tenants = Map.groupBy(await findPeople(request), (person) => person.tenantId)
  for (const [tenantId, [first, ...others]] of tenants)
    if (first) await sendLinks(request, tenantId, [first, ...others])
})
