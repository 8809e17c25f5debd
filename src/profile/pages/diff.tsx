import type { FC } from 'hono/jsx'
import { Icon } from '#src/web/ui/icon.tsx'
import { useView } from '#src/web/view.ts'

type Asked = { name: string; email: string; name_before: string; email_before: string }

const Line: FC<{ term: string; before: string; after: string }> = ({ term, before, after }) => {
  const { t } = useView()
  return (
    <>
      <dt class="text-muted-foreground">{term}</dt>
      <dd class="flex flex-wrap items-center gap-x-2" dir="auto">
        <del class="text-faint">
          <span class="sr-only">{t('profile.diff.from')} </span>
          {before}
        </del>
        <Icon name="arrow-right" class="flip text-faint" />
        <ins class="min-w-0 font-medium break-all no-underline">
          <span class="sr-only">{t('profile.diff.to')} </span>
          {after}
        </ins>
      </dd>
    </>
  )
}

/** What a request would change: from, to. */
export const Diff: FC<{ change: Asked }> = ({ change }) => {
  const { t } = useView()
  return (
    <dl class="mt-3.5 grid gap-2.5 text-md sm:grid-cols-[5rem_minmax(0,1fr)]">
      {change.name !== change.name_before && (
        <Line term={t('profile.name')} before={change.name_before} after={change.name} />
      )}
      {change.email !== change.email_before && (
        <Line term={t('profile.email')} before={change.email_before} after={change.email} />
      )}
    </dl>
  )
}
