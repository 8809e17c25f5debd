import { systemQuery } from '#src/db/scope.ts'
import type { Contact } from '#src/viewer.ts'

export type ListedSession = {
  id: string
  ip: string | null
  user_agent: string | null
  created_at: Date
  last_seen_at: Date
}

const LIST = `select s.id, host(s.ip) as ip, s.user_agent, s.created_at, s.last_seen_at
  from session s join tenant t on t.tenant_id = s.tenant_id
  where s.tenant_id = $1 and s.contact_id = $2 and s.ended_at is null and s.expires_at > now()
    and s.last_seen_at > now() - make_interval(mins => coalesce((t.settings->>'sessionIdleMinutes')::int, 480))
  order by s.id = $3 desc, s.last_seen_at desc, s.id limit 100`

/** Where this contact is signed in: this session first, then the latest used. */
export const listSessions = ({ tenantId, contactId, sessionId }: Contact): Promise<ListedSession[]> =>
  systemQuery<ListedSession>(LIST, [tenantId, contactId, sessionId])
