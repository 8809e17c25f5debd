import type { FC, PropsWithChildren } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { can } from '#src/viewer.ts'
import { type At, areasOf, ownAreas } from '#src/web/areas.ts'
import { Csrf, Desk, frame } from '#src/web/frame.tsx'
import { Toast } from '#src/web/ui/feedback.tsx'
import { Shell } from '#src/web/ui/shell.tsx'
import type { PhoneTab } from '#src/web/ui/tab-bar.tsx'
import { usePortalView } from '#src/web/view.ts'

type PageProps = PropsWithChildren<{
  title: string
  at?: At
  back?: { href: string; label: string }
  narrow?: boolean
  search?: string
}>

/** A page behind sign-in, with only the areas that this person's role opens. */
export const Page: FC<PageProps> = ({ title, at, back, narrow, search, children }) => {
  const view = usePortalView()
  const { t, tenant, viewer } = view
  const tickets = can(viewer, 'tickets:view')
  const create = can(viewer, 'tickets:create')
  const add = { href: paths.newTicket(), label: t('nav.newTicket'), icon: 'plus' as const }
  const { work, company, tabs: more } = areasOf(view, at)
  const nav = [{ items: work }, ...(company.length ? [{ label: t('access.company'), items: company }] : [])]
  const tabs: PhoneTab[] = [...work, ...(create ? [{ ...add, primary: true }] : []), ...more]
  return (
    <Shell
      {...frame(view, title, tenant)}
      nav={nav}
      tabs={tabs}
      labels={{ skip: t('nav.skip'), sidebar: t('nav.portal'), nav: t('nav.main') }}
      user={{
        name: viewer.name,
        company: viewer.companyName,
        label: t('nav.account'),
        items: ownAreas(view),
        signOut: { action: paths.logout(), label: t('nav.signOut'), fields: <Csrf /> },
      }}
      search={
        tickets
          ? {
              action: paths.tickets(),
              page: `${paths.tickets({ tab: 'all' })}#search`,
              label: t('nav.search'),
              placeholder: t('nav.search'),
              value: search,
              fields: <input type="hidden" name="tab" value="all" />,
            }
          : undefined
      }
      primary={create ? add : undefined}
      back={back}
      narrow={narrow}
      desk={<Desk tenant={tenant} />}
      toast={view.flash && <Toast text={view.flash} />}
    >
      {children}
    </Shell>
  )
}
