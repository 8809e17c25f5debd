import type { Child, FC } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'
import { Menu, MenuAction, MenuLink } from './menu.tsx'
import { Avatar } from './people.tsx'

export type UserMenuProps = {
  name: string
  company: string
  /** Accessible name of the button on phones, where only the initials show. */
  label: string
  items: { href: string; label: string; icon: IconName }[]
  /** `fields` are the form's hidden inputs. */
  signOut: { action: string; label: string; fields: Child }
}

const Items: FC<UserMenuProps> = ({ items, signOut }) => (
  <>
    {items.map((item) => (
      <MenuLink {...item} />
    ))}
    <MenuAction action={signOut.action} label={signOut.label} icon="log-out">
      {signOut.fields}
    </MenuAction>
  </>
)

/** At the foot of the sidebar. */
export const UserMenu: FC<UserMenuProps> = (props) => (
  <Menu
    up
    triggerClass="person"
    trigger={
      <>
        <Avatar name={props.name} />
        <span class="min-w-0 flex-1 leading-tight">
          <span class="clip block text-sm font-medium">{props.name}</span>
          <span class="clip block text-xs text-muted-foreground">{props.company}</span>
        </span>
        <Icon name="chevrons-up-down" class="text-faint" />
      </>
    }
  >
    <Items {...props} />
  </Menu>
)

/** In the header of phones. */
export const PhoneUserMenu: FC<UserMenuProps> = (props) => (
  <Menu
    class="phone-only"
    triggerClass="person"
    trigger={
      <>
        <Avatar name={props.name} />
        <span class="sr-only">{props.label}</span>
      </>
    }
  >
    <p class="menu-head">
      <span class="clip block font-medium text-foreground">{props.name}</span>
      <span class="clip block">{props.company}</span>
    </p>
    <Items {...props} />
  </Menu>
)
