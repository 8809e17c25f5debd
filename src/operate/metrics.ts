import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export const registry = new Registry()
collectDefaultMetrics({ register: registry })

const requests = new Histogram({
  name: 'portal_request_seconds',
  help: 'Time to answer a request, by method and status class',
  labelNames: ['method', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
})

const METHODS = new Set(['GET', 'HEAD', 'POST'])

export const observe = (method: string, status: number, milliseconds: number) =>
  requests.observe(
    { method: METHODS.has(method) ? method : 'other', status: `${Math.floor(status / 100)}xx` },
    milliseconds / 1000,
  )
