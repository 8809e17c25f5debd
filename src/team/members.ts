import { sql } from 'kysely'
import type { Db } from '#src/db/scope.ts'
import { asSystem } from '#src/db/scope.ts'
import type { StaffRole } from '#src/permissions.ts'

type MemberState = 'active' | 'invited' | 'disabled' | 'none'
export type TeamMember = {
  id: string
  name: string
  email: string | null
  title: string | null
  role: StaffRole
  state: MemberState
  invitedAt: Date | null
  lastSignInAt: Date | null
}

const MOST = 500

type Row = {
  invited_at: Date | null
  disabled_at: Date | null
  last_sign_in_at: Date | null
}

/** Who never came in waits for an invitation to be accepted, or has none. */
const stateOf = (row: Row): MemberState => {
  if (row.disabled_at) return 'disabled'
  if (row.last_sign_in_at) return 'active'
  return row.invited_at ? 'invited' : 'none'
}

const members = (db: Db) =>
  db
    .selectFrom('staff_member')
    .select(['id', 'name', 'email', 'title', 'role', 'invited_at', 'disabled_at', 'last_sign_in_at'])

type MemberRow = Awaited<ReturnType<ReturnType<typeof members>['executeTakeFirstOrThrow']>>

const memberOf = (row: MemberRow): TeamMember => ({
  id: row.id,
  name: row.name,
  email: row.email,
  title: row.title,
  role: row.role as StaffRole,
  state: stateOf(row),
  invitedAt: row.invited_at,
  lastSignInAt: row.last_sign_in_at,
})

/** The team: who can come in first, by name. */
export const listTeam = async (db: Db, search: string): Promise<TeamMember[]> => {
  const like = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await members(db)
    .$if(search !== '', (query) =>
      query.where((eb) =>
        eb.or([eb('name', 'ilike', like), eb('email', 'ilike', like), eb('title', 'ilike', like)]),
      ),
    )
    .orderBy(sql`disabled_at is not null`)
    .orderBy(sql`invited_at is null and last_sign_in_at is null`)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(MOST)
    .execute()
  return rows.map(memberOf)
}

export const findMember = async (db: Db, id: string): Promise<TeamMember | undefined> => {
  const row = await members(db).where('id', '=', id).executeTakeFirst()
  return row && memberOf(row)
}

export type Factors = { totp: boolean; passkeys: number; sessions: number }

/** How somebody signs in, as numbers; the secrets themselves are nobody's to see. */
export const factorsOfMember = (tenantId: string, id: string): Promise<Factors> =>
  asSystem(
    'team: second factors',
    async (db) => {
      const { rows } = await sql<Factors>`
        select m.totp_confirmed_at is not null as totp,
          (select count(*)::int from staff_passkey p where p.tenant_id = m.tenant_id and p.staff_id = m.id) as passkeys,
          (select count(*)::int from staff_session s where s.tenant_id = m.tenant_id and s.staff_id = m.id
            and s.ended_at is null and s.expires_at > now()
            and s.last_seen_at > now() - make_interval(mins => coalesce((t.settings->>'staffIdleMinutes')::int, 30)))
            as sessions
        from staff_member m join tenant t on t.tenant_id = m.tenant_id
        where m.tenant_id = ${db.tenant} and m.id = ${id}`.execute(db)
      return rows[0] ?? { totp: false, passkeys: 0, sessions: 0 }
    },
    tenantId,
  )
