import type { MessageKey } from '#src/messages/index.ts'
import { addressProblem } from '#src/sign-in/address.ts'
import { blockedFor } from '#src/sign-in/limits.ts'
import { browserHash } from '#src/sign-in/links.ts'
import { returnPath } from '#src/sign-in/next.ts'
import { requestSignIn } from '#src/sign-in/requests.ts'
import type { PublicContext } from '#src/web/context.ts'
import { addressBlock } from '#src/web/site.ts'

export type Asked = { request: string } | { problem: MessageKey } | { minutes: number }

const LONGEST_LIFE = 30

/** The tenant's own host, when this page is there. */
const ownHost = (c: PublicContext) => {
  const host = (c.req.header('host') ?? '').toLowerCase()
  return host === c.var.site.host ? null : host
}

/**
 * Asks for a sign-in link in the name of whoever sends this form. Answers the request, or what is wrong with the address,
 * or for how many minutes this network must wait; never anything about the person behind the address.
 */
export const ask = async (c: PublicContext, email: string, next?: string): Promise<Asked> => {
  const problem = addressProblem(email)
  if (problem) return { problem }
  const { site, address, view, browser } = c.var
  const minutes = await blockedFor(addressBlock(address))
  if (minutes) return { minutes }
  const request = await requestSignIn({
    email: email.trim(),
    browser: browserHash(browser),
    tenantId: view.tenant?.id ?? null,
    host: ownHost(c),
    next: returnPath(next, site.origin) ?? null,
    ip: address,
    userAgent: c.req.header('user-agent') ?? '',
    minutes: view.tenant?.settings.linkMinutes ?? LONGEST_LIFE,
  })
  return { request }
}
