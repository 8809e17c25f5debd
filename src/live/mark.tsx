import type { FC } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { LinkButton } from '#src/web/ui/button.tsx'
import { useView } from '#src/web/view.ts'

const useSource = () => {
  const { t, now, staff } = useView()
  return {
    'data-src': staff ? paths.staff.live() : paths.live(),
    'data-since': now.getTime(),
    'data-one': t('live.one'),
    'data-many': t('live.many', { n: '{n}' }),
    'data-message': t('live.message'),
  }
}

/** On a list: says how many of its tickets have changed. `href` is the list as it stands. */
export const LiveList: FC<{ href: string }> = ({ href }) => {
  const { t } = useView()
  return (
    <live-updates {...useSource()}>
      <div role="status">
        <div data-note hidden class="mb-3 flex flex-wrap items-center gap-3 text-sm">
          <span data-words></span>
          <LinkButton href={href} size="sm" variant="outline" icon="rotate-ccw">
            {t('live.refresh')}
          </LinkButton>
        </div>
      </div>
    </live-updates>
  )
}

/** On a ticket: brings what others write. `page` is its address. */
export const LiveTicket: FC<{ id: string; page: string }> = ({ id, page }) => (
  <live-updates {...useSource()} data-ticket={id} data-page={page}>
    <span class="sr-only" role="status" data-words></span>
  </live-updates>
)
