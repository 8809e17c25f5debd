import type { FC, PropsWithChildren } from 'hono/jsx'
import { paths } from '#src/paths.ts'
import { can } from '#src/viewer.ts'
import { Csrf, Desk, frame } from '#src/web/frame.tsx'
import { Toast } from '#src/web/ui/feedback.tsx'
import { Shell } from '#src/web/ui/shell.tsx'
import type { NavGroup } from '#src/web/ui/sidebar.tsx'
import type { PhoneTab } from '#src/web/ui/tab-bar.tsx'
import { usePortalView } from '#src/web/view.ts'

type At = 'home' | 'tickets' | 'new' | 'sessions'
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
  const { t, tenant, viewer, counts } = view
  const tickets = can(viewer, 'tickets:view')
  const create = can(viewer, 'tickets:create')
  const home = { href: paths.home(), label: t('nav.home'), icon: 'house' as const, current: at === 'home' }
  const list = {
    href: paths.tickets(),
    label: t('nav.tickets'),
    icon: 'ticket' as const,
    current: at === 'tickets',
    count: counts?.ticketsWaiting,
    countLabel: t('nav.waitingForYou'),
  }
  const add = { href: paths.newTicket(), label: t('nav.newTicket'), icon: 'plus' as const }
  const sessions = {
    href: paths.sessions(),
    label: t('nav.sessions'),
    icon: 'monitor' as const,
    current: at === 'sessions',
  }
  const nav: NavGroup[] = [{ items: [home, ...(tickets ? [list] : [])] }]
  const tabs: PhoneTab[] = [home, ...(tickets ? [list] : []), ...(create ? [{ ...add, primary: true }] : [])]
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
        items: [sessions],
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
