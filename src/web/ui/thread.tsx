import { html } from 'hono/html'
import type { Child, FC, PropsWithChildren } from 'hono/jsx'
import { Badge } from './badge.tsx'
import { Icon, type IconName } from './icon.tsx'
import { attrs } from './markup.ts'
import { Avatar } from './people.tsx'
import { Glyph, type GlyphName } from './status.tsx'

/** The conversation of a ticket; children are `Message`s and `ThreadEvent`s. */
export const Thread = ({ label, children }: PropsWithChildren<{ label: string }>) =>
  html`<ol class="thread" aria-label="${label}">${children}</ol>`

type MessageProps = {
  id?: string
  author: string
  /** Job title, or the tenant's name for its people. */
  role?: string
  desk?: boolean
  mine?: boolean
  /** Words for "the client doesn't see this". */
  internal?: string
  /** A `Time`. */
  time: Child
  /** `FileChip`s. */
  files?: Child
}

/** One message; children are its text, already rendered. */
export const Message = ({
  id,
  author,
  role,
  desk,
  mine,
  internal,
  time,
  files,
  children,
}: PropsWithChildren<MessageProps>) =>
  html`<li><article class="msg"${attrs({ id, 'data-mine': mine, 'data-internal': internal && true, 'data-tone': internal && 'attention' })}>${Avatar({ name: author, desk })}<div class="bubble"><header><h2>${author}</h2>${
    role && html`<span class="text-muted-foreground">${role}</span>`
  }${internal && Badge({ tone: 'attention', icon: 'eye-off', children: internal })}${time}</header><div class="body prose">${children}${files && html`<div class="files">${files}</div>`}</div></div></article></li>`

/** Plain text as paragraphs: blank lines split, single line breaks stay; no text, no paragraph. */
export const PlainText = ({ text }: { text: string }) =>
  html`${text
    .trim()
    .split(/\n\s*\n/)
    .filter(Boolean)
    .map((paragraph) => html`<p class="whitespace-pre-line" dir="auto">${paragraph}</p>`)}`

type EventProps = PropsWithChildren<{ status?: GlyphName; icon?: IconName }>

/** Something that happened between two messages. */
export const ThreadEvent = ({ status, icon = 'history', children }: EventProps) =>
  html`<li class="event">${status ? Glyph({ status }) : Icon({ name: icon, class: 'glyph' })}<p>${children}</p></li>`

export type Step = { status: GlyphName; label: string; note?: Child; current?: boolean; later?: boolean }

const step = ({ status, label, note, current, later }: Step) =>
  html`<li${attrs({ class: later && 'later', 'aria-current': current && 'step' })}>${Glyph({ status })}<p>${label}${
    note && html`<span class="note">${note}</span>`
  }</p></li>`

/** Where the ticket stands: steps done, the current one, steps to come. */
export const Steps = ({ items }: { items: Step[] }) => html`<ol class="steps">${items.map(step)}</ol>`

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
