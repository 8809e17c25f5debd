import { Counter, Gauge } from 'prom-client'
import { registry } from '#src/operate/metrics.ts'

export const mailsEnded = new Counter({
  name: 'portal_mails_total',
  help: 'Mails that left the outbox, by kind and how: sent, dropped (too late or needless) or failed',
  labelNames: ['kind', 'state'],
  registers: [registry],
})

export const mailsLate = new Gauge({
  name: 'portal_mails_late',
  help: 'Mails that have been in the outbox for more than 15 minutes, when last counted',
  registers: [registry],
})
