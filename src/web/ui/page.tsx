import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import type { Tone } from './badge.tsx'
import { Icon } from './icon.tsx'

export type Crumb = { label: string; href?: string }

/** Hidden on phones, where the top bar has a way back. The last crumb is the page itself. */
export const Crumbs: FC<{ label: string; items: Crumb[] }> = ({ label, items }) => (
  <nav class="breadcrumb desk-only mb-1.5" aria-label={label}>
    <ol>
      {items.map((item) => (
        <li>
          {item.href ? <a href={item.href}>{item.label}</a> : <span aria-current="page">{item.label}</span>}
        </li>
      ))}
    </ol>
  </nav>
)

type PageHeadProps = {
  title: Child
  /** One line of state under the title. */
  sub?: Child
  eyebrow?: Child
  crumbs?: { label: string; items: Crumb[] }
}

/** The page's h1 with at most two actions (children) at the end of the line. */
export const PageHead: FC<PropsWithChildren<PageHeadProps>> = (props) => (
  <header class="page-head">
    <div class="min-w-0 max-w-full">
      {props.crumbs && <Crumbs label={props.crumbs.label} items={props.crumbs.items} />}
      {props.eyebrow && <p class="eyebrow mb-0.5">{props.eyebrow}</p>}
      <h1>{props.title}</h1>
      {props.sub && <div class="lede mt-1">{props.sub}</div>}
    </div>
    {props.children && <div class="actions">{props.children}</div>}
  </header>
)

export type Tab = { href: string; label: string; count?: number | string; tone?: Tone; current?: boolean }

/** Tabs are links, because each one is a URL. */
export const Tabs: FC<{ label: string; items: Tab[] }> = ({ label, items }) => (
  <nav class="tabs-nav" aria-label={label}>
    {items.map((tab) => (
      <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
        {tab.label}
        {tab.count != null && (
          <span class="count" data-tone={tab.tone ?? 'neutral'}>
            {tab.count}
          </span>
        )}
      </a>
    ))}
  </nav>
)

export type Segment = { href: string; label: string; current?: boolean }

/** Two or three exclusive views of one page. */
export const Segmented: FC<{ label: string; items: Segment[] }> = ({ label, items }) => (
  <nav class="segmented" aria-label={label}>
    {items.map((item) => (
      <a href={item.href} aria-current={item.current ? 'true' : undefined}>
        {item.label}
      </a>
    ))}
  </nav>
)

type PagerLink = { href: string; label: string }

/** Keyset paging: no page numbers, only newer and older. */
export const Pager: FC<{ label: string; newer?: PagerLink; older?: PagerLink }> = ({
  label,
  newer,
  older,
}) => {
  if (!newer && !older) return null
  return (
    <nav class="pager" aria-label={label}>
      {newer && (
        <a class="btn" data-variant="outline" data-size="sm" rel="prev" href={newer.href}>
          <Icon name="chevron-left" class="flip" />
          {newer.label}
        </a>
      )}
      {older && (
        <a class="btn ms-auto" data-variant="outline" data-size="sm" rel="next" href={older.href}>
          {older.label}
          <Icon name="chevron-right" class="flip" />
        </a>
      )}
    </nav>
  )
}
