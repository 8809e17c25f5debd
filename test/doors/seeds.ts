import { uuidv7 } from 'uuidv7'
import { asOwner } from '#test/database.ts'
import type { World } from '#test/world.ts'

/** One row of Alice's company in each table that nothing else in the cast fills. */
export const fillTables = async (w: World) => {
  const tenant = w.quayline
  const { administrator } = w.staff
  const [session, event, announcement] = [uuidv7(), uuidv7(), uuidv7()]
  const insert = (text: string, values: unknown[]) => asOwner(text, [tenant, ...values])
  await insert(
    `insert into staff_session (tenant_id, id, staff_id, token_hash, method, expires_at)
      values ($1, $2, $3, decode('00', 'hex'), 'passkey', now())`,
    [session, administrator.id],
  )
  await insert(
    `insert into preview_session (tenant_id, id, staff_id, staff_session_id, company_id, contact_id, reason, hand_off_until)
      values ($1, $2, $3, $4, $5, $6, 'a row in each table', now())`,
    [uuidv7(), administrator.id, session, w.acme, w.alice.id],
  )
  await insert(
    `insert into profile_change (tenant_id, id, company_id, contact_id, name, email, name_before, email_before, state)
      values ($1, $2, $3, $4, 'a', 'a@a.example', 'b', 'b@b.example', 'waiting')`,
    [uuidv7(), w.acme, w.alice.id],
  )
  await insert(
    `insert into company_role (tenant_id, company_id, role_id) select $1, $2, id from role where tenant_id = $1 limit 1`,
    [w.acme],
  )
  await insert(
    `insert into audit_event (tenant_id, id, company_id, actor_kind, actor_name, action) values ($1, $2, $3, 'system', '', 'test.seed')`,
    [event, w.acme],
  )
  await insert(
    `insert into audit_chain (tenant_id, sequence, event_id, hash) values ($1, 1, $2, decode('00', 'hex'))`,
    [event],
  )
  await insert(
    `insert into mail (tenant_id, id, kind, recipient, dedupe_key, message_id) values ($1, $2, 'test', 'a@a.example', 'seed', '<seed@a>')`,
    [uuidv7()],
  )
  await insert(
    `insert into staff_idempotency (tenant_id, staff_id, key, request_hash) values ($1, $2, $3, decode('00', 'hex'))`,
    [administrator.id, uuidv7()],
  )
  await insert(`insert into tenant_host (tenant_id, host) values ($1, 'help.quayline.example')`, [])
  await insert(
    `insert into tenant_secret (tenant_id, name, sealed) values ($1, 'claude-key', decode('00', 'hex'))`,
    [],
  )
  await insert(
    `insert into announcement (tenant_id, id, title, severity, shown_from) values ($1, $2, 'News', 'info', now() - interval '1 day')`,
    [announcement],
  )
}
