import { Counter, Histogram } from 'prom-client'
import { registry } from '#src/operate/metrics.ts'

export const jobsRun = new Counter({
  name: 'portal_jobs_total',
  help: 'Runs of background jobs by outcome: done, retry (failed, comes again) or poison (given up)',
  labelNames: ['job', 'outcome'],
  registers: [registry],
})

export const jobSeconds = new Histogram({
  name: 'portal_job_seconds',
  help: 'How long background jobs take',
  labelNames: ['job'],
  buckets: [0.01, 0.05, 0.25, 1, 5, 30],
  registers: [registry],
})
