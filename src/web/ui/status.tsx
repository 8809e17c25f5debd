import { html, raw } from 'hono/html'
import type { Tone } from './badge.tsx'

/** Ticket statuses, and `todo` for a step that has not come yet. */
export type GlyphName =
  | 'new'
  | 'in_progress'
  | 'scheduled'
  | 'waiting_client'
  | 'waiting_supplier'
  | 'solved'
  | 'closed'
  | 'todo'

const statusTone: Record<GlyphName, Tone> = {
  new: 'neutral',
  in_progress: 'info',
  scheduled: 'plan',
  waiting_client: 'attention',
  waiting_supplier: 'neutral',
  solved: 'success',
  closed: 'neutral',
  todo: 'neutral',
}

const draw = (status: GlyphName, shape: string) =>
  raw(
    `<svg class="glyph" data-tone="${statusTone[status]}" viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>`,
  )
const ring = '<circle class="ring" cx="8" cy="8" r="6.1"/>'
const disc = '<circle class="disc" cx="8" cy="8" r="7"/>'
const answer = 'M7.4 4.9 4.6 7.6l2.8 2.7M4.9 7.6h4.2a2.4 2.4 0 0 1 2.4 2.4v.9'

/** The shape carries the meaning, colour only helps. 16 × 16; strokes and fills come from the style sheet. */
const glyphs = {
  new: draw('new', '<circle class="ring dashed" cx="8" cy="8" r="6.1"/>'),
  in_progress: draw('in_progress', `${ring}<path class="disc" d="M8 4.6a3.4 3.4 0 0 1 0 6.8z"/>`),
  scheduled: draw('scheduled', `${ring}<path d="M8 4.9V8l2.1 1.3"/>`),
  waiting_client: draw('waiting_client', `${disc}<path class="cut" d="${answer}"/>`),
  waiting_supplier: draw('waiting_supplier', `${ring}<path d="M6.4 5.9v4.2M9.6 5.9v4.2"/>`),
  solved: draw('solved', `${disc}<path class="cut" d="m5 8.2 2.1 2.1L11 6.3"/>`),
  closed: draw('closed', `${ring}<path d="m5.5 8.1 1.8 1.8 3.2-3.6"/>`),
  todo: draw('todo', '<circle class="ring faded" cx="8" cy="8" r="6.1"/>'),
}

export const Glyph = ({ status }: { status: GlyphName }) => glyphs[status]

type StatusProps = { status: GlyphName; label: string; iconOnly?: boolean }

/** Glyph and word. `iconOnly` keeps the word for screen readers. */
export const Status = ({ status, label, iconOnly }: StatusProps) =>
  iconOnly
    ? html`<span class="status" data-tone="${statusTone[status]}" title="${label}">${glyphs[status]}<span class="sr-only">${label}</span></span>`
    : html`<span class="status" data-tone="${statusTone[status]}">${glyphs[status]}<span>${label}</span></span>`

/** The status as a badge, for the head of a detail page. */
export const StatusBadge = ({ status, label }: { status: GlyphName; label: string }) =>
  html`<span class="badge" data-tone="${statusTone[status]}">${glyphs[status]}${label}</span>`
