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
 * `caption` is read out only. Children are rows; the link with class `cover` in a row's first cell opens all of it.
 */
export const Table = ({ caption, columns, children }: TableProps) =>
  html`<table class="table table-stack" role="table"><caption class="sr-only">${caption}</caption><thead role="rowgroup"><tr role="row">${columns.map(heading)}</tr></thead><tbody role="rowgroup">${children}</tbody></table>`

/** A row of a `Table`. */
export const Row = ({ children }: PropsWithChildren) => html`<tr role="row">${children}</tr>`

type CellProps = PropsWithChildren<{
  class?: string
  /** On phones: over the whole width, at the end of its line, or not at all. */
  phone?: 'full' | 'end' | 'hide'
}>

/** A cell of a `Row`. */
export const Cell = ({ class: look, phone, children }: CellProps) =>
  html`<td role="cell"${attrs({ class: look, 'data-m': phone })}>${children}</td>`
