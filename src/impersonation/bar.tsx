import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { Button } from '#src/web/ui/button.tsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { type Preview, useView, type View, ViewContext } from '#src/web/view.ts'

const Bar: FC<{ preview: Preview }> = ({ preview }) => {
  const { t, viewer, now } = useView()
  const minutes = Math.max(1, Math.ceil((preview.until.getTime() - now.getTime()) / 60_000))
  return (
    <section class="preview-bar" aria-label={t('preview.bar')}>
      <Icon name="eye" class="size-4.5" />
      <p class="min-w-0 flex-1 basis-72">
        <strong class="font-semibold">
          {t('preview.bar.who', { staff: preview.by, name: viewer?.name ?? '' })}
        </strong>{' '}
        {t('preview.bar.readOnly')}{' '}
        <span class="desk-only">{t('preview.bar.reason', { reason: preview.reason })}</span>
      </p>
      <p class="num max-md:flex-1">
        <time datetime={`PT${minutes}M`}>{t('preview.bar.left', { minutes })}</time>
      </p>
      <form method="post" action={paths.staff.previewEnding(preview.id)}>
        <input type="hidden" name="csrf" value={preview.csrf} />
        <Button size="sm">{t('preview.bar.stop')}</Button>
      </form>
    </section>
  )
}

const blocked = (page: string) =>
  page.replace(/<form\b[^>]*\bmethod="post".*?<\/form>/gs, (form) =>
    form.replace(
      /<button\b(?![^>]*\baria-disabled=)(?![^>]*\btype="button")/g,
      '<button aria-disabled="true"',
    ),
  )

/**
 * The finished page as a preview shows it: the bar first, before anything that a page could put there, and the buttons of
 * what would write marked. Done to the text, so that no page can forget it.
 */
export const asPreviewed = async (view: View, page: string): Promise<string> => {
  if (!view.preview) return page
  const bar = (
    <ViewContext.Provider value={view}>
      <Bar preview={view.preview} />
    </ViewContext.Provider>
  )
  const text = String(await bar.toString())
  return blocked(page).replace(/<body[^>]*>/, (body) => body + text)
}
