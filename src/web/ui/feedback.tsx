import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import type { Tone } from './badge.tsx'
import { Icon, type IconName } from './icon.tsx'

type NoticeProps = { icon: IconName; title: Child; tone?: Tone; action?: Child; class?: string }

/** A page-level announcement or state; `children` is one sentence below the title. */
export const Notice: FC<PropsWithChildren<NoticeProps>> = (props) => (
  <section class={props.class ? `notice ${props.class}` : 'notice'} data-tone={props.tone ?? 'info'}>
    <Icon name={props.icon} />
    <div class="min-w-0 flex-1">
      <strong>{props.title}</strong>
      {props.children && <p>{props.children}</p>}
    </div>
    {props.action}
  </section>
)

/** What a redirect has to say ("Reply sent"); gone on the next page. */
export const Toast: FC<{ text: string; tone?: 'success' | 'danger' }> = ({ text, tone }) => (
  <flash-note>
    <output class="toast">
      <Icon name={tone === 'danger' ? 'circle-alert' : 'circle-check'} />
      <span>{text}</span>
    </output>
  </flash-note>
)

type EmptyStateProps = {
  icon: IconName
  title: string
  /** What will appear here, or why nothing does. */
  text?: Child
  /** Heading level: 1 when the page is nothing but this, 3 in a card that has a title. */
  level?: 1 | 2 | 3
}

/** "Nothing here", "no access", "not found": icon, title, one sentence, actions as children. */
export const EmptyState: FC<PropsWithChildren<EmptyStateProps>> = (props) => (
  <div class="empty">
    <header>
      <figure>
        <Icon name={props.icon} class="size-5" />
      </figure>
      {props.level === 1 ? (
        <h1>{props.title}</h1>
      ) : props.level === 3 ? (
        <h3>{props.title}</h3>
      ) : (
        <h2>{props.title}</h2>
      )}
      {props.text && <p>{props.text}</p>}
    </header>
    {props.children && <section>{props.children}</section>}
  </div>
)

/** Focused on arrival; each line leads to its field. Render it when a form comes back with errors. */
export const ErrorSummary: FC<{ title: string; errors: { field: string; message: string }[] }> = (props) => (
  <section
    class="notice errors"
    data-tone="danger"
    id="errors"
    tabindex={-1}
    autofocus
    aria-labelledby="errors-title"
  >
    <Icon name="circle-alert" />
    <div class="min-w-0 flex-1">
      <h2 id="errors-title">{props.title}</h2>
      <ul>
        {props.errors.map((error) => (
          <li>
            <a class="link" href={`#${error.field}`}>
              {error.message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  </section>
)
