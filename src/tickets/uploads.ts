import { keptFiles, type StoredFile } from '#src/files/kept.ts'
import type { Viewer } from '#src/viewer.ts'
import type { Form } from '#src/web/body.ts'

/** The files of a form: those it kept from an earlier sending, then the new ones that arrived whole. */
export const uploads = async (viewer: Viewer, form: Form): Promise<StoredFile[]> => [
  ...keptFiles(viewer, form.all('kept')),
  ...form.files.flatMap((file) => (file.stored && !file.tooLarge ? [file.stored] : [])),
]
