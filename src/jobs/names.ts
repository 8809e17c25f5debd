/**
 * Every job and what it is told. Payloads hold ids, never secrets or texts: they stay in the queue's table and may be
 * looked at by operators. A feature adds a line here and one in registry.ts.
 */
export interface JobPayloads {
  'mail:send': { tenant: string; mail: string }
  'mail:alert': object
}

export type JobName = keyof JobPayloads
