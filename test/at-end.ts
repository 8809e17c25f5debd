const waiting: (() => Promise<unknown>)[] = []

/** Does this after the test file, the latest first. An `afterAll` within a `beforeAll` is never called. */
export const atEnd = (work: () => Promise<unknown>) => {
  waiting.unshift(work)
}

export const endAll = async () => {
  for (const work of waiting.splice(0)) await work()
}
