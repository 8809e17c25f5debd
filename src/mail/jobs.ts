import { z } from 'zod'
import { job } from '#src/jobs/job.ts'
import { sendMail } from '#src/mail/send.ts'
import { watchOutbox } from '#src/mail/watch.ts'

export const mailSend = job(z.object({ tenant: z.uuid(), mail: z.uuid() }), sendMail)

export const mailAlert = job(z.object({}), (_, run) => watchOutbox(run))
