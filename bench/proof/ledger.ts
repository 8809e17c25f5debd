/** What the app has acknowledged, as the client that was told so remembers it. */
export type Written = {
  kind: 'ticket' | 'reply'
  /** In the body, and of nothing else's. */
  marker: string
  /** The ticket's or message's id that the app answered. */
  id: string
  tenant: string
  /** Who must get a mail about it. */
  colleague: { id: string; email: string }
  withFile: boolean
}

export type Ledger = {
  written: Written[]
  /** Session cookies that were handed out, and to whom. */
  sessions: { token: string; contact: string }[]
  /** What a client was told that it must never be told. */
  faults: string[]
}

export const emptyLedger = (): Ledger => ({ written: [], sessions: [], faults: [] })
