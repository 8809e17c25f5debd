import type { FC } from 'hono/jsx'
import type { StoredFile } from '#src/files/kept.ts'
import type { Translate } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import type { Attachment } from '#src/tickets/find.ts'
import type { AttachText } from '#src/web/ui/attach.tsx'
import { FileChip } from '#src/web/ui/content.tsx'
import type { IconName } from '#src/web/ui/icon.tsx'
import { useView } from '#src/web/view.ts'

export const attachText = (t: Translate): AttachText => ({
  remove: t('tickets.files.remove', { name: '{name}' }),
  tooBig: t('tickets.files.tooBig', { name: '{name}', limit: '{limit}' }),
  added: t('tickets.files.added', { name: '{name}' }),
  removed: t('tickets.files.removed', { name: '{name}' }),
  pasted: t('tickets.files.pasted'),
})

const KINDS: [RegExp, IconName][] = [
  [/^image\//, 'image'],
  [/zip|compressed|tar|7z|rar/, 'file-archive'],
  [/spreadsheet|excel|csv/, 'file-spreadsheet'],
]

const icon = (type: string): IconName => KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'file-text'
const extension = (name: string) => (/\.([a-z0-9]{1,6})$/i.exec(name)?.[1] ?? '').toUpperCase()

/** The files of one message. */
export const Files: FC<{ files: Attachment[]; href?: (id: string) => string }> = ({
  files,
  href = paths.attachment,
}) => {
  const { format } = useView()
  return (
    <>
      {files.map((file) => (
        <FileChip
          name={file.name}
          href={href(file.id)}
          icon={icon(file.media_type)}
          thumb={
            /^image\/(png|jpeg|gif|webp)$/.test(file.media_type) && file.bytes < 1_000_000
              ? href(file.id)
              : undefined
          }
          meta={[format.size(file.bytes), extension(file.name)].filter(Boolean).join(' · ')}
        />
      ))}
    </>
  )
}

/** Files that a returned form still has; unticking one leaves it out. */
export const KeptFiles: FC<{ files: (StoredFile & { sealed: string })[] }> = ({ files }) => {
  const { t, format } = useView()
  if (files.length === 0) return null
  return (
    <fieldset class="kept-files">
      <legend class="text-sm text-muted-foreground">{t('tickets.kept')}</legend>
      {files.map((file) => (
        <label class="check">
          <input class="input" type="checkbox" name="kept" value={file.sealed} checked />
          <span>
            {file.name} <span class="text-faint">{format.size(file.bytes)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
