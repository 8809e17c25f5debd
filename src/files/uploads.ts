import { uuidv7 } from 'uuidv7'
import { mediaTypeOf } from '#src/files/sniff.ts'
import { store } from '#src/files/store.ts'
import type { UploadedFile } from '#src/web/body.ts'

/** A name that is only a name: no folders, no control characters, nothing that turns the reading direction. */
export const safeName = (given: string): string => {
  const base = given.split(/[\\/]/).at(-1) ?? ''
  const clean = base.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim()
  if (clean === '' || /^\.+$/.test(clean)) return 'file'
  if (clean.length <= 200) return clean
  const extension = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? ''
  return clean.slice(0, 200 - extension.length) + extension
}

/** Writes what arrived whole under its final name, durable, before the transaction whose row will show it begins. */
export const storeUploads = async (tenantId: string, files: UploadedFile[]) => {
  for (const file of files) {
    if (file.tooLarge) continue
    const id = uuidv7()
    const mediaType = await mediaTypeOf(file.path, file.name)
    const { bytes, sha256 } = await store.put(tenantId, id, file.path)
    file.stored = { id, name: safeName(file.name), mediaType, bytes, sha256: sha256.toString('hex') }
  }
}
