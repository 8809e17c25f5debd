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
  'sign-in:resolve': { request: string }
  'sign-in:clean': object
  'preview:end': object
  'mail:send': { tenant: string; mail: string }
  'mail:alert': object
}

export type JobName = keyof JobPayloads
