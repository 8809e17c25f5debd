import { uuidv7 } from 'uuidv7'
import type { Json } from '#src/db/schema.gen.ts'
import type { Db } from '#src/db/scope.ts'
import { keyed } from '#src/secret.ts'

const NO_TENANT = '00000000-0000-0000-0000-000000000000'

type SignInAction =
  | 'requested'
  | 'limited'
  | 'sent'
  | 'consumed'
  | 'wrong-code'
  | 'wrong-browser'
  | 'expired'
  | 'used-again'
  | 'refused'

type Person = { tenantId: string; companyId: string; contactId: string; name: string }

export type SignInEvent = {
  action: SignInAction
  /** Whose address it is; without it only the tenant whose page it was, if any, and the address as a hash. */
  person?: Person | undefined
  tenantId?: string | null | undefined
  emailKey?: string | undefined
  request?: string | undefined
  ip: string | null
  data?: { [key: string]: Json }
}

/** An address of nobody we know: to be found again by who has the address and APP_SECRET, readable by no one. */
export const addressHash = (emailKey: string) => keyed('audit address', emailKey).toString('hex').slice(0, 32)

/** One row of the audit log about signing in. `db` is the system's, with the event's tenant or without one. */
export const recordSignIn = async (db: Db, event: SignInEvent) => {
  const { action, person, emailKey } = event
  const address = !person && emailKey ? { address: addressHash(emailKey) } : {}
  const tenant = db.tenant ? {} : { tenant_id: person?.tenantId ?? event.tenantId ?? NO_TENANT }
  await db
    .insertInto('audit_event')
    .values({
      ...tenant,
      id: uuidv7(),
      company_id: person?.companyId ?? null,
      actor_kind: person ? 'contact' : 'nobody',
      actor_id: person?.contactId ?? null,
      actor_name: person?.name ?? '',
      action: `sign-in.${action}`,
      object_kind: event.request ? 'login_request' : null,
      object_id: event.request ?? null,
      ip: event.ip,
      data: JSON.stringify({ ...address, ...event.data }),
    })
    .execute()
}
