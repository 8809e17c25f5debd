import type { Navigation } from '#src/home/navigation.ts'
import { paths } from '#src/paths.ts'
import { can } from '#src/viewer.ts'
import type { usePortalView } from '#src/web/view.ts'

export type At = 'home' | 'tickets' | 'new' | 'sessions' | 'people' | 'activity' | 'profile'

type Known = Pick<ReturnType<typeof usePortalView>, 't' | 'viewer'> & { counts?: Navigation | undefined }

/** The areas of the portal that this person's role opens: what she works with, and what is about her company. */
export const areasOf = ({ t, viewer, counts }: Known, at: At | undefined) => {
  const home = { href: paths.home(), label: t('nav.home'), icon: 'house' as const, current: at === 'home' }
  const tickets = {
    href: paths.tickets(),
    label: t('nav.tickets'),
    icon: 'ticket' as const,
    current: at === 'tickets',
    count: counts?.ticketsWaiting,
    countLabel: t('nav.waitingForYou'),
  }
  const people = {
    href: paths.people(),
    label: t('access.people'),
    icon: 'users' as const,
    current: at === 'people',
  }
  const activity = {
    href: paths.activity(),
    label: t('access.activity'),
    icon: 'history' as const,
    current: at === 'activity',
  }
  const company = [
    ...(can(viewer, 'people:view') ? [people] : []),
    ...(can(viewer, 'company:activity') ? [activity] : []),
  ]
  // a phone's bar has little room for words
  const tabs = company.map((area) => (area === people ? { ...area, label: t('access.people.short') } : area))
  return { work: can(viewer, 'tickets:view') ? [home, tickets] : [home], company, tabs }
}

/** What the menu under her name holds. */
export const ownAreas = ({ t, viewer }: Known) => [
  ...(can(viewer, 'profile:edit')
    ? [{ href: paths.profile(), label: t('profile.title'), icon: 'user-round' as const }]
    : []),
  { href: paths.sessions(), label: t('nav.sessions'), icon: 'monitor' as const },
]
