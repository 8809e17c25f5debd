import type { Env } from '#src/env.ts'
import { paths } from '#src/paths.ts'
import { addressProblem } from '#src/sign-in/address.ts'
import { inviteAdministrator } from '#src/tenants/administrator.ts'
import { exportTenant } from '#src/tenants/export.ts'
import { slugInput } from '#src/tenants/input.ts'
import { addHost, listTenants, resumeTenant, suspendTenant, tenantIdOf } from '#src/tenants/manage.ts'
import { createSetupLink } from '#src/tenants/setup-link.ts'

export const TENANT_USAGE = `Usage: npm run tenant -- COMMAND
  add SLUG           print a one-time link that sets up a further tenant
  suspend SLUG       nobody can sign in, sessions end; its data stays
  resume SLUG        undo suspend
  export SLUG DIR    write all of its data and files into an empty folder
  host SLUG HOST     let it answer at a host name of its own
  administrator SLUG EMAIL
                     print a one-time link that lets an administrator in: the first one,
                     or one who lost every way in
  list               every tenant`

export type Say = (line: string) => void
/** Does the work with an open database and answers the exit code: 0 done, 1 not possible. */
export type Command = (env: Env, say: Say) => Promise<number>

const add =
  (slug: string): Command =>
  async (env, say) => {
    if (await tenantIdOf(slug)) return refused(say, `There is a tenant ${slug} already.`)
    const { token } = await createSetupLink(slug)
    say(`Open this within 7 days, once, to set up ${slug}:`)
    say(new URL(paths.setup(token), env.PUBLIC_URL).href)
    return 0
  }

const refused = (say: Say, why: string) => {
  say(why)
  return 1
}

const suspend =
  (slug: string): Command =>
  async (_env, say) => {
    if (!(await suspendTenant(slug))) return refused(say, `There is no tenant ${slug}.`)
    say(`${slug} is suspended: nobody can sign in to it.`)
    return 0
  }

const resume =
  (slug: string): Command =>
  async (_env, say) => {
    if (!(await resumeTenant(slug))) return refused(say, `There is no tenant ${slug}.`)
    say(`${slug} is open again.`)
    return 0
  }

const exportTo =
  (slug: string, folder: string): Command =>
  async (_env, say) => {
    const result = await exportTenant(slug, folder)
    if (result.outcome === 'no-tenant') return refused(say, `There is no tenant ${slug}.`)
    if (result.outcome === 'not-empty') return refused(say, `${folder} is not empty: give a new folder.`)
    for (const [table, rows] of Object.entries(result.rows)) say(`${table}.jsonl  ${rows}`)
    say(`files/  ${result.files}`)
    return 0
  }

const host =
  (slug: string, name: string): Command =>
  async (_env, say) => {
    const outcome = await addHost(slug, name)
    if (outcome === 'no-tenant') return refused(say, `There is no tenant ${slug}.`)
    if (outcome === 'not-a-host')
      return refused(say, `${name} is not a host name, such as portal.example.com.`)
    if (outcome === 'taken') return refused(say, `${name} belongs to another tenant.`)
    say(`${slug} answers at ${name.toLowerCase()}.`)
    return 0
  }

const administrator =
  (slug: string, email: string): Command =>
  async (env, say) => {
    const tenantId = await tenantIdOf(slug)
    if (!tenantId) return refused(say, `There is no tenant ${slug}.`)
    if (addressProblem(email)) return refused(say, `${email} is not an e-mail address.`)
    const token = await inviteAdministrator(tenantId, email)
    say(`Open this within 72 hours, once, to choose a password and a second factor for ${email}:`)
    say(new URL(paths.staff.invitation({ tenant: slug }, token), env.PUBLIC_URL).href)
    return 0
  }

const list: Command = async (_env, say) => {
  for (const { slug, name, suspendedAt } of await listTenants())
    say(`${slug}  ${name}${suspendedAt ? `  (suspended ${suspendedAt.toISOString().slice(0, 10)})` : ''}`)
  return 0
}

/** The command that the words ask for; undefined when they are not one (then show the usage, exit 2). */
export const tenantCommand = ([verb, slug, last, ...rest]: string[]): Command | undefined => {
  if (rest.length > 0) return undefined
  if (verb === 'list' && !slug) return list
  if (!slug || !slugInput.safeParse(slug).success) return undefined
  if (last !== undefined) {
    if (verb === 'export') return exportTo(slug, last)
    if (verb === 'host') return host(slug, last)
    if (verb === 'administrator') return administrator(slug, last)
    return undefined
  }
  if (verb === 'add') return add(slug)
  if (verb === 'suspend') return suspend(slug)
  if (verb === 'resume') return resume(slug)
  return undefined
}
