let stopping = false
const waiting = new Set<() => void>()

export const isStopping = () => stopping

/** From here on `/readyz` says no, so that a proxy sends nobody any more; what would never end by itself ends. */
export const beginStopping = () => {
  stopping = true
  for (const end of waiting) end()
}

/** For what stays open as long as its reader likes. */
export const whenStopping = (end: () => void) => {
  waiting.add(end)
}
