import type { FC } from 'hono/jsx'
import { Brandmark } from './brandmark.tsx'
import type { Tenant } from './document.tsx'
import { Icon, type IconName } from './icon.tsx'
import { PhoneUserMenu, type UserMenuProps } from './user-menu.tsx'

export type TopBarProps = {
  tenant: Tenant
  /**
   * A GET form with one field `q`; `label` names it, `value` is the current search. `shortcut: false` switches the
   * "/" key off (WCAG 2.1.4).
   */
  search?: { action: string; label: string; placeholder: string; value?: string; shortcut?: boolean }
  /** On phones, in place of the logo. */
  back?: { href: string; label: string }
  /** The one thing to do from anywhere. Left out on phones, where the tab bar has it. */
  primary?: { href: string; label: string; icon: IconName }
  user: UserMenuProps
}

const Search: FC<NonNullable<TopBarProps['search']>> = (props) => {
  const form = (
    <form action={props.action} class="with-icon">
      <Icon name="search" />
      <input
        class="input"
        data-quiet
        type="search"
        name="q"
        value={props.value}
        aria-label={props.label}
        placeholder={props.placeholder}
        aria-keyshortcuts={props.shortcut === false ? undefined : '/'}
      />
    </form>
  )
  return <search class="search">{props.shortcut === false ? form : <search-key>{form}</search-key>}</search>
}

const WayBack: FC<{ back?: TopBarProps['back']; tenant: Tenant }> = ({ back, tenant }) =>
  back ? (
    <a href={back.href} class="way-back">
      <Icon name="chevron-left" class="flip size-5" />
      {back.label}
    </a>
  ) : (
    <a href={tenant.href} class="brandmark">
      <Brandmark tenant={tenant} />
    </a>
  )

export const TopBar: FC<TopBarProps> = ({ tenant, search, back, primary, user }) => (
  <header class="topbar">
    <div class="phone-only flex min-w-0 flex-1 items-center">
      <WayBack back={back} tenant={tenant} />
    </div>
    {search && <Search {...search} />}
    {search && (
      <a
        class="btn phone-only"
        data-variant="ghost"
        data-size="icon"
        href={search.action}
        aria-label={search.label}
      >
        <Icon name="search" />
      </a>
    )}
    <span class="desk-only flex-1"></span>
    {primary && (
      <a class="btn desk-only" href={primary.href}>
        <Icon name={primary.icon} />
        {primary.label}
      </a>
    )}
    <PhoneUserMenu {...user} />
  </header>
)
