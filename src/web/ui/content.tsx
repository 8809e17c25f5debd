import { html } from 'hono/html'
import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'
import { attrs } from './markup.ts'

/** `at` is an ISO instant; `full` (date and zone in words) shows on hover of short forms such as "2 h ago". */
export const Time = (props: { at: string; text: string; full?: string; class?: string }) =>
  html`<time datetime="${props.at}"${attrs({ class: props.class, title: props.full })}>${props.text}</time>`

type CardProps = {
  /** With a title the card is a named section. `id` is the heading's, unique on the page. */
  title?: string
  id?: string
  /** Beside the title: a count, a quiet number. */
  note?: Child
  /** At the end of the head: one link. */
  link?: { href: string; label: string }
  footer?: Child
  class?: string
}

/** Put `<section>` or `<ul class="rows">` in it; both are padded by the style sheet. */
export const Card: FC<PropsWithChildren<CardProps>> = (props) => (
  <section class={props.class ? `card ${props.class}` : 'card'} aria-labelledby={props.title && props.id}>
    {props.title && (
      <header>
        <h2 id={props.id}>{props.title}</h2>
        {props.note}
        {props.link && (
          <a class="quiet-link text-sm font-medium" href={props.link.href}>
            {props.link.label}
          </a>
        )}
      </header>
    )}
    {props.children}
    {props.footer && <footer>{props.footer}</footer>}
  </section>
)

/** Terms and values. */
export const DL: FC<{ items: [term: string, value: Child][] }> = ({ items }) => (
  <dl class="dl">
    {items.map(([term, value]) => (
      <>
        <dt>{term}</dt>
        <dd>{value}</dd>
      </>
    ))}
  </dl>
)

type FileChipProps = { name: string; meta: string; href: string; icon?: IconName; thumb?: string }

/** A stored file. `thumb` is the URL of a small picture of it; `meta` its size and kind in words. */
export const FileChip: FC<FileChipProps> = ({ name, meta, href, icon, thumb }) => (
  <a class="file" href={href}>
    <span class="thumb">
      {thumb ? (
        <img src={thumb} alt="" width="36" height="36" loading="lazy" />
      ) : (
        <Icon name={icon ?? 'file-text'} />
      )}
    </span>
    <span class="min-w-0">
      <span class="clip block font-medium">{name}</span>
      <span class="text-faint">{meta}</span>
    </span>
  </a>
)

/** An active filter (with the link that removes it). */
export const FilterChip: FC<{ label: string; removeHref: string; removeLabel: string }> = (props) => (
  <span class="chip" data-on>
    {props.label}
    <a href={props.removeHref} aria-label={props.removeLabel}>
      <Icon name="x" class="size-3.5" />
    </a>
  </span>
)

type TodoProps = {
  title: string
  meta: Child
  /** Until when, in words. `urgent` colours it. */
  when: string
  urgent?: boolean
  icon: IconName
  tone: 'danger' | 'attention' | 'brand'
  action: { href: string; label: string }
}

/** A line of "needs your attention", for `<ul class="rows">`: what, why, until when, one verb. */
export const Todo: FC<TodoProps> = ({ title, meta, when, urgent, icon, tone, action }) => (
  <li>
    <article class="todo">
      <span class="tile" data-tone={tone}>
        <Icon name={icon} />
      </span>
      <div class="text">
        <h3 class="row-title">{title}</h3>
        <p class="row-meta">{meta}</p>
      </div>
      <p class="when" data-tone={urgent ? tone : 'neutral'}>
        {when}
      </p>
      <a class="btn cover" data-variant="outline" data-size="sm" href={action.href}>
        {action.label}
        <span class="sr-only">: {title}</span>
      </a>
    </article>
  </li>
)
