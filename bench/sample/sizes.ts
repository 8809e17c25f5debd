/** How much data; the figures that the issue names, or a little for a smoke test. */
export type Sizes = {
  tenants: number
  companies: number
  tickets: number
  /** Tickets of the one company that is larger than all others. */
  largest: number
  /** Tickets of the company whose pages are measured. */
  measured: number
  /** Tickets more, all of the second tenant, for its desk. */
  desk: number
}

export const FULL: Sizes = {
  tenants: 500,
  companies: 10,
  tickets: 100_000,
  largest: 20_000,
  measured: 400,
  desk: 100_000,
}
export const SMALL: Sizes = {
  tenants: 10,
  companies: 5,
  tickets: 3_000,
  largest: 1_200,
  measured: 150,
  desk: 2_000,
}

/** Messages of ten tickets in a row: three on average. */
export const MESSAGES = [1, 3, 2, 7, 1, 2, 4, 3, 5, 2]
