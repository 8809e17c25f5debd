import { Readable } from 'node:stream'
import { store } from '#src/files/store.ts'
import { findAttachment } from '#src/tickets/attachments.ts'
import type { PortalContext, StaffContext } from '#src/web/context.ts'
import { notFound } from '#src/web/errors.tsx'

/** What a browser may show in a tab of ours; everything else is only ever saved: HTML and SVG because they are programs, PDF
 * because its viewer doesn't run in a sandbox. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'text/plain'])

const encoded = (name: string) =>
  encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** RFC 6266, with the name in ASCII for old clients and in UTF-8 (RFC 8187) for the others. */
const disposition = (kind: 'inline' | 'attachment', name: string) =>
  `${kind}; filename="${name.replace(/[^\x20-\x7e]|["\\%]/g, '_')}"; filename*=UTF-8''${encoded(name)}`

type Found = Awaited<ReturnType<typeof findAttachment>>

/** Streams an attachment that the viewer's scope shows her. */
export const download = async (c: PortalContext, id: string) =>
  stream(c, c.var.viewer.tenantId, await findAttachment(c.var.db, id))

/** The same for staff, who also see the files of notes. */
export const staffDownload = async (c: StaffContext, id: string) =>
  stream(c, c.var.staff.tenantId, await findAttachment(c.var.db, id, true))

const stream = async (c: PortalContext | StaffContext, tenant: string, file: Found) => {
  const stored = file && (await store.open(tenant, file.id))
  if (!file || !stored) return notFound(c)
  const shown = SHOWN.has(file.media_type)
  const headers = {
    'content-type':
      file.media_type === 'text/plain'
        ? 'text/plain; charset=utf-8'
        : shown
          ? file.media_type
          : 'application/octet-stream',
    'content-length': String(file.bytes),
    'content-disposition': disposition(shown ? 'inline' : 'attachment', file.name),
    'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox",
  }
  if (c.req.method !== 'HEAD') return c.body(Readable.toWeb(stored) as ReadableStream, 200, headers)
  stored.destroy() // nobody reads its body, so nobody would close it
  return c.body(null, 200, headers)
}
