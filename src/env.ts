import { availableParallelism } from 'node:os'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

const isLocal = (url: URL) => ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)

const address = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text))
  .refine((url) => url.protocol === 'https:' || isLocal(url), 'must be https, except on localhost')
  .refine((url) => url.pathname === '/' && !url.search && !url.hash, 'must be an origin, without a path')

const postgres = z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max)

const isRange = (part: string) =>
  ipaddr.IPv4.isValidFourPartDecimal(part) ||
  ipaddr.IPv4.isValidCIDRFourPartDecimal(part) ||
  ipaddr.IPv6.isValid(part) ||
  ipaddr.IPv6.isValidCIDR(part)

const ranges = z.string().refine(
  (text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
      .every(isRange),
  'must be addresses or ranges, such as 10.0.0.0/8, ::1',
)

/** Where a service of others is reached instead of its usual address: an origin, without a slash at the end. */
const outside = address.transform((url) => url.origin)

const schema = z.object({
  MODE: z.enum(['production', 'development', 'demo', 'test']).default('production'),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65535).default(3000),
  PUBLIC_URL: address.optional(),
  PROCESSES: wholeNumber(1, 64).optional(),
  TRUSTED_PROXIES: ranges.default(''),
  DATA_DIR: z.string().default('data'),
  APP_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  APP_SECRET_PREVIOUS: z.string().min(32, 'must have at least 32 characters').optional(),
  DATABASE_URL: postgres.optional(),
  DATABASE_DIRECT_URL: postgres.optional(),
  DATABASE_URL_PUBLIC: postgres.optional(),
  DATABASE_URL_PORTAL: postgres.optional(),
  DATABASE_URL_PREVIEW: postgres.optional(),
  DATABASE_URL_STAFF: postgres.optional(),
  DATABASE_URL_SYSTEM: postgres.optional(),
  DATABASE_URL_WORKER: postgres.optional(),
  DATABASE_POOL: wholeNumber(2, 200).default(10),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.email('must be an e-mail address').optional(),
  GRAPH_URL: outside.optional(),
  GRAPH_LOGIN_URL: outside.optional(),
  CLAUDE_URL: outside.optional(),
  WRITE_LIMIT: wholeNumber(10, 100_000_000).default(600),
  UPLOAD_LIMIT: wholeNumber(10, 10_000_000).default(2_000),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type Env = Omit<z.infer<typeof schema>, 'PUBLIC_URL' | 'PROCESSES'> & {
  PUBLIC_URL: URL
  PROCESSES: number
}

/** One line for each variable that can't be used, e.g. `PORT: Too big: expected number to be <=65535`. */
export class BadEnvironment extends Error {
  readonly violations: string[]
  constructor(violations: string[]) {
    super(
      `The environment has ${violations.length} setting(s) that can't be used:\n  ${violations.join('\n  ')}`,
    )
    this.violations = violations
  }
}

/** Reads the settings once. Empty strings count as unset. Throws BadEnvironment with every violation. */
export const readEnv = (source: Record<string, string | undefined> = process.env): Env => {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(given)
  if (!parsed.success)
    throw new BadEnvironment(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  const env = parsed.data
  return {
    ...env,
    PUBLIC_URL: env.PUBLIC_URL ?? new URL(`http://localhost:${env.PORT}`),
    PROCESSES: env.PROCESSES ?? (env.MODE === 'production' ? availableParallelism() : 1),
  }
}
