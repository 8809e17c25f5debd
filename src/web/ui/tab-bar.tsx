import type { FC } from 'hono/jsx'
import { Icon } from './icon.tsx'
import type { NavItem } from './sidebar.tsx'

export type PhoneTab = NavItem & { primary?: boolean }

const PrimaryTab: FC<PhoneTab> = ({ href, label, icon, current }) => (
  <a href={href} class="new" aria-label={label} aria-current={current ? 'page' : undefined}>
    <span>
      <Icon name={icon} />
    </span>
  </a>
)

const Tab: FC<PhoneTab> = ({ href, label, icon, count, countLabel, current }) => (
  <a href={href} aria-current={current ? 'page' : undefined}>
    <Icon name={icon} />
    {label}
    {count ? (
      <span class="count">
        {count}
        <span class="sr-only"> {countLabel}</span>
      </span>
    ) : null}
  </a>
)

/** Phones only. */
export const TabBar: FC<{ label: string; tabs: PhoneTab[] }> = ({ label, tabs }) => (
  <nav class="tabbar" aria-label={label}>
    {tabs.map((tab) => (tab.primary ? <PrimaryTab {...tab} /> : <Tab {...tab} />))}
  </nav>
)
