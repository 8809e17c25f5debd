import { asOwner } from '#test/database.ts'

/** The newest row of the audit log about this. */
export const lastAudit = async (action: string) => {
  const [row] = await asOwner<{ data: unknown; actor_name: string; tenant_id: string }>(
    'select data, actor_name, tenant_id from audit_event where action = $1 order by id desc limit 1',
    [action],
  )
  return row
}
