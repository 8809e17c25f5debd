// biome-ignore-all lint/a11y/noRedundantRoles: on phones rows and cells are not displayed as a table, which drops their native roles
import { html } from 'hono/html'
import type { FC, PropsWithChildren } from 'hono/jsx'
import { attrs } from './markup.ts'

export type Column = { label: string; end?: boolean; hidden?: boolean }

/**
 * Table that becomes cards on phones; roles keep it a table for screen readers there.
 * `caption` is read out only. Children are `Row`s.
 */
export const Table: FC<PropsWithChildren<{ caption: string; columns: Column[] }>> = (props) => (
  <table class="table table-stack" role="table">
    <caption class="sr-only">{props.caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        {props.columns.map((column) => (
          <th role="columnheader" scope="col" class={column.end ? 'end' : undefined}>
            {column.hidden ? <span class="sr-only">{column.label}</span> : column.label}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">{props.children}</tbody>
  </table>
)

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
