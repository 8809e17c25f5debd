import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { Icon, type IconName } from './icon.tsx'
import { Avatar } from './people.tsx'
import { Glyph, type GlyphName } from './status.tsx'

/** The conversation of a ticket; children are `Message`s and `ThreadEvent`s. */
export const Thread: FC<PropsWithChildren<{ label: string }>> = ({ label, children }) => (
  <ol class="thread" aria-label={label}>
    {children}
  </ol>
)

type MessageProps = {
  id?: string
  author: string
  /** Job title, or the tenant's name for its people. */
  role?: string
  desk?: boolean
  mine?: boolean
  /** A `Time`. */
  time: Child
  /** `FileChip`s. */
  files?: Child
}

/** One message; children are its text, already rendered. */
export const Message: FC<PropsWithChildren<MessageProps>> = (props) => (
  <li>
    <article class="msg" id={props.id} data-mine={props.mine ? '' : undefined}>
      <Avatar name={props.author} desk={props.desk} />
      <div class="bubble">
        <header>
          <h2>{props.author}</h2>
          {props.role && <span class="text-muted-foreground">{props.role}</span>}
          {props.time}
        </header>
        <div class="body prose">
          {props.children}
          {props.files && <div class="files">{props.files}</div>}
        </div>
      </div>
    </article>
  </li>
)

/** Plain text as paragraphs: blank lines split, single line breaks stay. */
export const PlainText: FC<{ text: string }> = ({ text }) => (
  <>
    {text
      .trim()
      .split(/\n\s*\n/)
      .map((paragraph) => (
        <p class="whitespace-pre-line">{paragraph}</p>
      ))}
  </>
)

/** Something that happened between two messages. */
export const ThreadEvent: FC<PropsWithChildren<{ status?: GlyphName; icon?: IconName }>> = (props) => (
  <li class="event">
    {props.status ? <Glyph status={props.status} /> : <Icon name={props.icon ?? 'history'} class="glyph" />}
    <p>{props.children}</p>
  </li>
)

export type Step = { status: GlyphName; label: string; note?: Child; current?: boolean; later?: boolean }

/** Where the ticket stands: steps done, the current one, steps to come. */
export const Steps: FC<{ items: Step[] }> = ({ items }) => (
  <ol class="steps">
    {items.map((step) => (
      <li class={step.later ? 'later' : undefined} aria-current={step.current ? 'step' : undefined}>
        <Glyph status={step.status} />
        <p>
          {step.label}
          {step.note && <span class="note">{step.note}</span>}
        </p>
      </li>
    ))}
  </ol>
)

/** Tells the server that the ticket was read: by itself after a second, without scripts by a button. */
export const MarkRead: FC<{ action: string; label: string; fields: Child }> = ({ action, label, fields }) => (
  <mark-read>
    <form method="post" action={action}>
      {fields}
      <button type="submit" class="btn" data-variant="ghost" data-size="sm">
        <Icon name="check" />
        {label}
      </button>
    </form>
  </mark-read>
)
