let stopping = false

export const isStopping = () => stopping

/** From here on `/readyz` says no, so that a proxy sends nobody any more. */
export const beginStopping = () => {
  stopping = true
}
