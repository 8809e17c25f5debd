import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { Bare } from '#src/web/bare.tsx'
import { LinkButton } from '#src/web/ui/button.tsx'
import { useView } from '#src/web/view.ts'

/** In place of the page that was asked for, once, when a preview's time, right or session has ended. */
export const OverPage: FC = () => {
  const { t } = useView()
  return (
    <Bare title={t('preview.over.title')}>
      <h1>{t('preview.over.title')}</h1>
      <p class="lede mt-1.5">{t('preview.over.text')}</p>
      <p class="mt-6">
        <LinkButton href={paths.staff.home()}>{t('preview.over.back')}</LinkButton>
      </p>
    </Bare>
  )
}
