import type { FC, PropsWithChildren } from 'hono/jsx'
import type { MessageKey } from '#src/messages/index.ts'
import { paths } from '#src/paths.ts'
import type { StaffPermission } from '#src/permissions.ts'
import { MailerBanner } from '#src/settings/banner.tsx'
import { can } from '#src/viewer.ts'
import { Csrf, frame } from '#src/web/frame.tsx'
import { Toast } from '#src/web/ui/feedback.tsx'
import type { IconName } from '#src/web/ui/icon.tsx'
import { Shell } from '#src/web/ui/shell.tsx'
import { useStaffView } from '#src/web/view.ts'

type Area = { at: string; href: string; label: MessageKey; icon: IconName; permission: StaffPermission }

const DESK: Area[] = [
  {
    at: 'tickets',
    href: paths.staff.tickets(),
    label: 'staff.tickets',
    icon: 'inbox',
    permission: 'staff:tickets',
  },
  {
    at: 'companies',
    href: paths.staff.companies(),
    label: 'staff.companies',
    icon: 'building-2',
    permission: 'staff:companies',
  },
]
const ACCESS: Area[] = [
  { at: 'users', href: paths.staff.users(), label: 'staff.users', icon: 'users', permission: 'staff:users' },
  {
    at: 'approvals',
    href: paths.staff.approvals(),
    label: 'staff.approvals',
    icon: 'circle-check',
    permission: 'staff:approvals',
  },
  {
    at: 'roles',
    href: paths.staff.roles(),
    label: 'staff.roles',
    icon: 'key-round',
    permission: 'staff:roles',
  },
]
const INSTALLATION: Area[] = [
  {
    at: 'team',
    href: paths.staff.team(),
    label: 'staff.team',
    icon: 'user-round',
    permission: 'staff:settings',
  },
  {
    at: 'audit',
    href: paths.staff.audit(),
    label: 'staff.audit',
    icon: 'history',
    permission: 'staff:audit',
  },
  {
    at: 'settings',
    href: paths.staff.settings(),
    label: 'staff.settings',
    icon: 'settings',
    permission: 'staff:settings',
  },
]

type StaffArea = 'tickets' | 'companies' | 'users' | 'approvals' | 'roles' | 'team' | 'audit' | 'settings'

/** What the tab bar of phones has room for; the rest is in the menu beside it. */
const TABS = 5

type StaffPageProps = PropsWithChildren<{
  title: string
  at?: StaffArea
  back?: { href: string; label: string }
  narrow?: boolean
  search?: string | undefined
}>

/** A page of the staff app, with only the areas that this person's role opens. */
export const StaffPage: FC<StaffPageProps> = ({ title, at, back, narrow, search, children }) => {
  const view = useStaffView()
  const { t, tenant, staff } = view
  const items = (areas: Area[]) =>
    areas
      .filter(({ permission }) => can(staff, permission))
      .map(({ at: area, href, label, icon }) => ({ href, icon, label: t(label), current: area === at }))
  const groups = [
    { label: t('staff.desk'), items: items(DESK) },
    { label: t('staff.access'), items: items(ACCESS) },
    { label: t('staff.installation'), items: items(INSTALLATION) },
  ].filter((group) => group.items.length > 0)
  const all = groups.flatMap((group) => group.items)
  return (
    <Shell
      {...frame(view, title, tenant)}
      nav={groups}
      tabs={all.slice(0, TABS)}
      labels={{ skip: t('nav.skip'), sidebar: t('staff.label'), nav: t('staff.nav') }}
      user={{
        name: staff.name,
        company: t(`staff.role.${staff.role}`),
        label: t('nav.account'),
        further: all.slice(TABS),
        items: [{ href: paths.staff.security(), label: t('staff.security'), icon: 'shield-check' }],
        signOut: { action: paths.staff.logout(), label: t('nav.signOut'), fields: <Csrf /> },
      }}
      search={{
        action: paths.staff.tickets(),
        page: `${paths.staff.tickets()}#search`,
        label: t('staff.search'),
        placeholder: t('staff.search'),
        value: search,
      }}
      back={back}
      narrow={narrow}
      toast={view.flash && <Toast text={view.flash} />}
    >
      <MailerBanner />
      {children}
    </Shell>
  )
}
