import { z } from 'zod'

/** A tenant's own way to send. Passwords are not here: they are sealed, in `tenant_secret`. */
export const mailerSchema = z.discriminatedUnion('by', [
  z.object({
    by: z.literal('smtp'),
    host: z.string().regex(/^[\w.:-]+$/),
    port: z.number().int().min(1).max(65535),
    /** `tls`: from the first byte, as on 465. `starttls`: demanded before anything is said, as on 587. */
    security: z.enum(['tls', 'starttls', 'none']),
    user: z.string().optional(),
    from: z.email(),
  }),
  z.object({
    by: z.literal('graph'),
    /** Directory (tenant) id or domain at Microsoft. */
    directory: z.string().regex(/^[\w.-]+$/),
    client: z.string().regex(/^[\w-]+$/),
    /** The mailbox that sends. */
    from: z.email(),
  }),
])

export type Mailer = z.infer<typeof mailerSchema>
