import pg from 'pg'
import { z } from 'zod'
import { PRESET_NAMES } from '#src/permissions.ts'
import { SPECIAL } from './sample/companies.ts'

const person = z.object({
  tenantId: z.string(),
  slug: z.string(),
  companyId: z.string(),
  contactId: z.string(),
  name: z.string(),
  email: z.string(),
  preset: z.enum(PRESET_NAMES),
  categoryId: z.string(),
})

/** Somebody whom the bench signs in as, with the slug and a category of the tenant. */
export type Person = z.infer<typeof person>

const FIND = `select c.tenant_id as "tenantId", t.slug, c.company_id as "companyId", c.id as "contactId", c.name, c.email, r.preset,
    (select id from category where tenant_id = c.tenant_id and position = 1) as "categoryId"
  from contact c join tenant t on t.tenant_id = c.tenant_id join role r on r.tenant_id = c.tenant_id and r.id = c.role_id
  where c.email_key = $1`

/** Somebody of the desk of the tenant that has the most tickets. */
const deskhand = z.object({
  tenantId: z.string(),
  staffId: z.string(),
  slug: z.string(),
  companyId: z.string(),
  categoryId: z.string(),
  ticketId: z.string(),
})

export type Deskhand = z.infer<typeof deskhand>

const FIND_DESK = `select t.tenant_id as "tenantId", t.slug,
    (select id from staff_member where tenant_id = t.tenant_id order by id limit 1) as "staffId",
    (select company_id from ticket where tenant_id = t.tenant_id group by 1 order by count(*) desc limit 1) as "companyId",
    (select id from category where tenant_id = t.tenant_id and position = 1) as "categoryId",
    (select id from ticket where tenant_id = t.tenant_id order by updated_at desc limit 1) as "ticketId"
  from tenant t where t.slug = 'it-2'`

// seven messages is what the longest conversations have
const TICKET = `select id from ticket t where tenant_id = $1 and company_id = $2 and $3 = any (visible_to) and not confidential
  order by (select count(*) from ticket_message m where m.tenant_id = t.tenant_id and m.ticket_id = t.id) desc, updated_at desc limit 1`

/** Who and what the bench looks at. */
export const findCast = async (ownerUrl: string) => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const find = async (email: string): Promise<Person> =>
    person.parse((await client.query(FIND, [email])).rows[0])
  const ticketOf = async ({ tenantId, companyId, contactId }: Person) => {
    const { rows } = await client.query<{ id: string }>(TICKET, [tenantId, companyId, contactId])
    return z.uuid().parse(rows[0]?.id)
  }
  const [largest, measured, writing] = SPECIAL.map(({ domain }) => domain)
  const [user, largestUser] = [await find(`user@${measured}`), await find(`user@${largest}`)]
  const cast = {
    /** Sees her company's tickets: the pages are measured with her eyes. */
    reader: await find(`manager@${measured}`),
    /** Creates tickets, in a company of her own, so that the reader's pages stay as they are. */
    writer: await find(`user@${writing}`),
    /** Sees only tickets that she is on. */
    user,
    ticket: await ticketOf(user),
    /** The same in the company of very many tickets, and somebody who sees confidential ones too. */
    largestAdmin: await find(`admin@${largest}`),
    largestManager: await find(`manager@${largest}`),
    largestUser,
    largestTicket: await ticketOf(largestUser),
    deskhand: deskhand.parse((await client.query(FIND_DESK)).rows[0]),
  }
  await client.end()
  return cast
}

export type Cast = Awaited<ReturnType<typeof findCast>>
