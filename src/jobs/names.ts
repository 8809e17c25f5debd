/**
 * Every job and what it is told. Payloads hold ids, never secrets or texts: they stay in the queue's table and may be
 * looked at by operators. A feature adds a line here and one in registry.ts.
 */
export interface JobPayloads {
  'tickets:notify': { tenant: string; message: string }
  'tickets:welcome': { tenant: string; ticket: string; contact: string; by: string }
  'tickets:close-solved': Record<string, never>
  'audit:seal': object
  'audit:heads': object
  'files:sweep': Record<string, never>
  'people:invite': { tenant: string; invitations: string[] }
  'staff:reset': { tenant: string; step: string }
  'sign-in:resolve': { request: string }
  'sign-in:clean': object
  'preview:end': object
  'profile:mail': { tenant: string; change: string }
  'mail:send': { tenant: string; mail: string }
  'mail:alert': object
}

export type JobName = keyof JobPayloads
