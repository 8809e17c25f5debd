import { html } from 'hono/html'
import { Badge, Dot, type Tone } from './badge.tsx'
import { Time } from './content.tsx'
import type { IconName } from './icon.tsx'
import { Avatar } from './people.tsx'
import { type GlyphName, Status } from './status.tsx'

export type TicketRowProps = {
  href: string
  number: number | string
  subject: string
  /** Who asked. */
  person: string
  status: GlyphName
  statusLabel: string
  /** ISO instant of the last activity, in words, and in full. */
  at: string
  when: string
  full?: string
  /** Words for "new reply", when there is one. */
  unread?: string
}

type TableRowProps = TicketRowProps & {
  /** Last message, after the name of its author. */
  excerpt?: string
  badges?: { label: string; tone?: Tone; icon?: IconName }[]
}

const subjectLink = ({ href, subject, unread }: TicketRowProps) =>
  html`<a class="cover${unread ? ' font-semibold' : ' font-medium'}" href="${href}" dir="auto">${subject}</a>`

/** A ticket in the `Table` with columns ticket, status, person, updated. */
export const TicketTableRow = (row: TableRowProps) =>
  html`<tr role="row"><td role="cell" data-m="full" class="main"><p class="subject">${subjectLink(row)}${
    row.unread && Dot({ label: row.unread })
  }${row.badges?.map(({ label, ...look }) => Badge({ ...look, children: label }))}</p><p class="row-meta clip"><span class="num text-faint">#${row.number}</span>${
    row.excerpt && html` · ${row.excerpt}`
  }</p></td><td role="cell">${Status({ status: row.status, label: row.statusLabel })}</td><td role="cell" data-m="hide"><span class="flex items-center gap-2 text-sm">${Avatar({ name: row.person, size: 'sm' })}${row.person}</span></td><td role="cell" data-m="end" class="end">${Time({ at: row.at, text: row.when, full: row.full, class: 'when' })}</td></tr>`

/** A ticket in one line, for `<ul class="rows">`. */
export const TicketLine = (row: TicketRowProps) =>
  html`<li><div class="row">${Status({ status: row.status, label: row.statusLabel, iconOnly: true })}<p class="title">${subjectLink(row)}</p>${
    row.unread && Dot({ label: row.unread })
  }<span class="num desk-only text-sm text-faint">#${row.number}</span><span class="desk-only">${Avatar({ name: row.person, size: 'sm', labelled: true })}</span>${Time({ at: row.at, text: row.when, full: row.full, class: 'when' })}</div></li>`
