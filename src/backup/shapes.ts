import { z } from 'zod'

/** The first line of a backup. */
export const headShape = z.object({
  app: z.string(),
  madeAt: z.iso.datetime(),
  /** Which the database had, in order. */
  migrations: z.array(z.string()),
  /** APP_SECRET: derived passwords, links and sealed values hang on it. */
  secret: z.string(),
})

/** Announces as many bytes, which follow the line. */
export const fileShape = z.object({
  tenant: z.uuid(),
  id: z.uuid(),
  bytes: z.int().nonnegative(),
  /** In hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

/** Rows by table and tenant; under '' those of no tenant. */
const countsShape = z.record(z.string(), z.record(z.string(), z.int()))

/** The last line: what there must be after a restore. */
export const endShape = z.object({
  counts: countsShape,
  jobs: z.int(),
  files: z.int(),
  bytes: z.int(),
  /** `tenant/id` of attachments whose file was gone or not what was once stored. */
  damaged: z.array(z.string()),
})

export type Head = z.infer<typeof headShape>
export type StoredFile = z.infer<typeof fileShape>
export type Counts = z.infer<typeof countsShape>
export type End = z.infer<typeof endShape>

export const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, number) => total + number, 0)

/** A line for each of the first twenty, and how many more there are. */
export const listed = (names: string[]) => {
  const further = names.length > 20 ? [`… and ${names.length - 20} more`] : []
  return [...names.slice(0, 20), ...further].map((name) => `\n  ${name}`).join('')
}

/** `34 kB`, `1.2 MB` */
export const sizeOf = (bytes: number) =>
  bytes < 1e6
    ? `${Math.round(bytes / 1e3)} kB`
    : `${(bytes / 1e6).toLocaleString('en-US', { maximumFractionDigits: 1 })} MB`

/** `3 tenants, 1,204 rows in 23 tables, 2 waiting jobs, 5 files (34 kB)` */
export const figures = ({ counts, jobs, files, bytes }: End) => {
  const number = (value: number, one: string) =>
    `${value.toLocaleString('en-US')} ${one}${value === 1 ? '' : 's'}`
  const rows = sum(Object.values(counts).flatMap((byTenant) => Object.values(byTenant)))
  const tenants = Object.keys(counts.tenant ?? {}).length
  const tables = Object.keys(counts).length
  return `${number(tenants, 'tenant')}, ${number(rows, 'row')} in ${number(tables, 'table')}, ${number(jobs, 'waiting job')}, ${number(files, 'file')} (${sizeOf(bytes)})`
}
