import type { Hono } from 'hono'
import { uuidv7 } from 'uuidv7'
import { createApp } from '#src/app.tsx'
import { asSystem, systemQuery } from '#src/db/scope.ts'
import { type Env, readEnv } from '#src/env.ts'
import { PRESET_NAMES, type Preset, STAFF_ROLE_NAMES, type StaffRole } from '#src/permissions.ts'
import { openToken, sealToken } from '#src/secret.ts'
import { createTenant } from '#src/tenants/create.ts'
import { csrfToken } from '#src/web/csrf.ts'
import { siteOf } from '#src/web/site.ts'
import { freshDatabase } from '#test/database.ts'
import { seedTicket } from '#test/tickets.ts'

export type Person = { id: string; tenant: string; company: string; name: string; email: string }
export type Answer = {
  status: number
  headers: Headers
  text: string
  location: string | undefined
  cookies: string[]
}
export const ORIGIN = 'http://localhost:3000'

/** Somebody of an MSP. */
export type StaffPerson = { id: string; tenant: string; name: string; email: string; role: StaffRole }

const staffPerson = async (
  tenant: string,
  name: string,
  role: StaffRole,
  disabled = false,
): Promise<StaffPerson> => {
  const id = uuidv7()
  const email = `${name.toLowerCase()}@msp.example`
  const disabled_at = disabled ? new Date() : null
  await asSystem(
    'test',
    (db) =>
      db
        .insertInto('staff_member')
        .values({ id, name, email, email_key: email, role, disabled_at })
        .execute(),
    tenant,
  )
  return { id, tenant, name, email, role }
}

const person = async (
  tenant: string,
  company: string,
  name: string,
  preset: Preset | null,
  more: { email?: string; disabled?: boolean } = {},
) => {
  const id = uuidv7()
  const email = more.email ?? `${name.toLowerCase()}@${company.slice(-4)}.example`
  await asSystem(
    'test',
    async (db) => {
      const role =
        preset &&
        (await db.selectFrom('role').select('id').where('preset', '=', preset).executeTakeFirstOrThrow()).id
      await db
        .insertInto('contact')
        .values({
          id,
          company_id: company,
          name,
          email,
          email_key: email,
          role_id: role,
          disabled_at: more.disabled ? new Date() : null,
          title: `${name} title`,
        })
        .execute()
    },
    tenant,
  )
  return { id, tenant, company, name, email }
}

const company = async (tenant: string, name: string) => {
  const id = uuidv7()
  await asSystem(
    'test',
    (db) => db.insertInto('company').values({ id, name, name_key: name.toLowerCase() }).execute(),
    tenant,
  )
  return id
}

const tenantNamed = async (slug: string, name: string) => {
  const id = await createTenant({
    slug,
    name,
    supportEmail: `support@${slug}.example`,
    supportPhone: '+1 206 555 0142',
    timeZone: 'America/Los_Angeles',
  })
  if (!id) throw new Error(`the slug ${slug} is taken`)
  return id
}

/** Everybody who plays a part: two tenants with overlapping data, several companies, one person for each role. */
const cast = async () => {
  const quayline = await tenantNamed('quayline', 'Quayline IT')
  const harbor = await tenantNamed('harbor', 'Harbor Managed IT')
  const [acme, bolt, acmeAtHarbor] = [
    await company(quayline, 'Acme'),
    await company(quayline, 'Bolt'),
    await company(harbor, 'Acme'),
  ]
  const roles = Object.fromEntries(
    await Promise.all(
      PRESET_NAMES.map(
        async (preset) => [preset, await person(quayline, acme, `${preset}Person`, preset)] as const,
      ),
    ),
  ) as Record<Preset, Person>
  return {
    quayline,
    harbor,
    acme,
    bolt,
    acmeAtHarbor,
    roles,
    /** The people of Quayline, one for each role, one who left, and the administrator of Harbor with the same address. */
    staff: Object.fromEntries(
      await Promise.all(
        STAFF_ROLE_NAMES.map(
          async (role) => [role, await staffPerson(quayline, `${role}Staff`, role)] as const,
        ),
      ),
    ) as Record<StaffRole, StaffPerson>,
    formerStaff: await staffPerson(quayline, 'Former', 'administrator', true),
    harborStaff: await staffPerson(harbor, 'administratorStaff', 'administrator'),
    /** A user at Acme, and her colleague with the same role. */
    alice: await person(quayline, acme, 'Alice', 'user', { email: 'alice@acme.example' }),
    amir: await person(quayline, acme, 'Amir', 'user', { email: 'amir@acme.example' }),
    /** At another company of the same tenant, with every permission. */
    bob: await person(quayline, bolt, 'Bob', 'admin', { email: 'bob@bolt.example' }),
    /** At another tenant, with every permission, at a company of the same name, with Alice's address. */
    zoe: await person(harbor, acmeAtHarbor, 'Zoe', 'admin', { email: 'alice@acme.example' }),
    disabled: await person(quayline, acme, 'Dan', 'admin', { email: 'dan@acme.example', disabled: true }),
    uninvited: await person(quayline, acme, 'Nora', null, { email: 'nora@acme.example' }),
    /** One address, two companies of one tenant. */
    samAtAcme: await person(quayline, acme, 'Sam', 'user', { email: 'sam@both.example' }),
    samAtBolt: await person(quayline, bolt, 'Sam', 'user', { email: 'sam@both.example' }),
  }
}

type Cast = Awaited<ReturnType<typeof cast>>

const tickets = async (cast: Cast) => ({
  alices: await seedTicket(cast.alice, {
    subject: 'Alice printer',
    body: 'ALICE-PUBLIC',
    internal: 'SECRET-INTERNAL-NOTE',
    file: 'alice.txt',
  }),
  amirs: await seedTicket(cast.amir, { subject: 'Amir laptop', body: 'AMIR-PUBLIC' }),
  confidential: await seedTicket(cast.amir, {
    subject: 'Amir confidential',
    body: 'AMIR-CONFIDENTIAL',
    confidential: true,
  }),
  bobs: await seedTicket(cast.bob, {
    subject: 'Bob server',
    body: 'BOLT-CANARY',
    internal: 'BOLT-INTERNAL',
    file: 'bolt.txt',
  }),
  zoes: await seedTicket(cast.zoe, {
    subject: 'Zoe switch',
    body: 'HARBOR-CANARY',
    internal: 'HARBOR-INTERNAL',
    file: 'harbor.txt',
  }),
})

export type World = Cast & {
  tickets: Awaited<ReturnType<typeof tickets>>
  app: Hono
  env: Env
  folder: string
}

let current: World | undefined

/** A fresh database with the whole cast and the real app on it. Call it once in a `beforeAll`. */
export const world = async (environment: Record<string, string> = {}): Promise<World> => {
  const { folder } = await freshDatabase(environment)
  const env = readEnv({ MODE: 'test', DATA_DIR: folder, PUBLIC_URL: ORIGIN, ...environment })
  const people = await cast()
  current = {
    ...people,
    tickets: await tickets(people),
    app: createApp(siteOf(env)) as unknown as Hono,
    env,
    folder,
  }
  return current
}

/** A session without the ceremony of signing in: answers the cookie's value. */
export const sessionOf = async (who: Person): Promise<string> => {
  const token = sealToken(who.tenant)
  await systemQuery(
    `insert into session (tenant_id, id, contact_id, company_id, token_hash, expires_at) values ($1, $2, $3, $4, $5, now() + interval '7 days')`,
    [who.tenant, uuidv7(), who.id, who.company, openToken(token)?.hash],
  )
  return token
}

/** A staff session without the ceremony: proved just now, so that nothing asks for the second factor again. */
export const staffSessionOf = async (who: StaffPerson): Promise<string> => {
  const token = sealToken(who.tenant)
  await systemQuery(
    `insert into staff_session (tenant_id, id, staff_id, token_hash, method, expires_at)
      values ($1, $2, $3, $4, 'passkey', now() + interval '12 hours')`,
    [who.tenant, uuidv7(), who.id, openToken(token)?.hash],
  )
  return token
}

export const send = async (
  path: string,
  init: RequestInit & { headers?: Record<string, string> } = {},
): Promise<Answer> => {
  if (!current) throw new Error('call world() first')
  const answer = await current.app.request(ORIGIN + path, {
    ...init,
    headers: { host: 'localhost:3000', ...init.headers },
  })
  return {
    status: answer.status,
    headers: answer.headers,
    text: await answer.text(),
    location: answer.headers.get('location') ?? undefined,
    cookies: answer.headers.getSetCookie(),
  }
}

export type Fields = Record<string, string | string[] | File | File[]>

const formOf = (fields: Fields) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one)
  return form
}

/** A browser with a cookie of its own: it sends the forms of our pages as a browser would. */
export const browser = (cookie: string, secret: string) => ({
  get: (path: string, headers: Record<string, string> = {}) =>
    send(path, { headers: { cookie, ...headers } }),
  post: (path: string, fields: Fields = {}, headers: Record<string, string> = {}) =>
    send(path, {
      method: 'POST',
      body: formOf({ csrf: csrfToken(secret), ...fields }),
      headers: { cookie, origin: ORIGIN, 'sec-fetch-site': 'same-origin', ...headers },
    }),
})

const browsers = new Map<string, Promise<ReturnType<typeof browser>>>()

/** Somebody who has signed in. `await (await as(alice)).get(paths.tickets())` */
export const as = (who: Person): Promise<ReturnType<typeof browser>> => {
  const known = browsers.get(who.id) ?? sessionOf(who).then((token) => browser(`portal=${token}`, token))
  browsers.set(who.id, known)
  return known
}

/** Somebody of an MSP who has signed in. */
export const asStaff = async (who: StaffPerson) => {
  const token = await staffSessionOf(who)
  return browser(`staff=${token}`, token)
}

/** Somebody who has not. */
export const stranger = {
  get: (path: string, headers: Record<string, string> = {}) => send(path, { headers }),
  post: (path: string, fields: Fields = {}, headers: Record<string, string> = {}) =>
    send(path, {
      method: 'POST',
      body: formOf(fields),
      headers: { origin: ORIGIN, 'sec-fetch-site': 'same-origin', ...headers },
    }),
}

/** Gives somebody another role, as the MSP's staff would. */
export const giveRole = (who: Person, preset: Preset) =>
  systemQuery(
    `update contact set role_id = (select id from role where tenant_id = $1 and preset = $2) where tenant_id = $1 and id = $3`,
    [who.tenant, preset, who.id],
  )

/** An answer's text without what differs in each: form tokens, one-time keys, when it was made. */
export const plain = (answer: Answer) =>
  answer.text.replace(/name="(csrf|once)" value="[^"]*"|data-(csrf|since)="[^"]*"/g, '')
