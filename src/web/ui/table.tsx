import { html } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import { attrs } from './markup.ts'

export type Column = { label: string; end?: boolean; hidden?: boolean }

const heading = ({ label, end, hidden }: Column) =>
  html`<th role="columnheader" scope="col"${attrs({ class: end && 'end' })}>${
    hidden ? html`<span class="sr-only">${label}</span>` : label
  }</th>`

type TableProps = PropsWithChildren<{ caption: string; columns: Column[] }>

/**
 * Table that becomes cards on phones; its roles keep it a table for screen readers there.
 * `caption` is read out only. Children are `Row`s.
 */
export const Table = ({ caption, columns, children }: TableProps) =>
  html`<table class="table table-stack" role="table"><caption class="sr-only">${caption}</caption><thead role="rowgroup"><tr role="row">${columns.map(heading)}</tr></thead><tbody role="rowgroup">${children}</tbody></table>`

/** The link with class `cover` in its first cell opens the whole row. */
export const Row = ({ children }: PropsWithChildren) => html`<tr role="row">${children}</tr>`

type CellProps = {
  /** On phones: across the card, at the end of its line, or not shown. */
  phone?: 'full' | 'end' | 'hide'
  /** Aligned at the end (numbers, times). */
  end?: boolean
  /** Takes the width that is left and clips its lines. */
  main?: boolean
  class?: string
}

export const Cell = ({ phone, end, main, class: extra, children }: PropsWithChildren<CellProps>) => {
  const classes = `${main ? 'main ' : ''}${end ? 'end ' : ''}${extra ?? ''}`.trim() || undefined
  return html`<td role="cell"${attrs({ 'data-m': phone, class: classes })}>${children}</td>`
}
