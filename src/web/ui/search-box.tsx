import type { FC } from 'hono/jsx'
import { Icon } from './icon.tsx'

type SearchBoxProps = { value?: string | undefined; label: string; placeholder?: string; hint?: string }

/** The field `q` of a list's filters; `#search` leads to it. Shows its label when there is no placeholder. */
export const SearchBox: FC<SearchBoxProps> = ({ value, label, placeholder, hint }) => (
  <search>
    <div class="with-icon">
      <Icon name="search" />
      <input
        class="input"
        type="search"
        id="search"
        name="q"
        value={value}
        maxlength={200}
        aria-label={label}
        placeholder={placeholder ?? label}
        title={hint}
      />
    </div>
  </search>
)
