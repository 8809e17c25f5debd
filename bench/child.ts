import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { z } from 'zod'

const answer = z.union([z.object({ done: z.unknown() }), z.object({ failed: z.string() })])

export type Child = {
  /** Gives the child something to do and waits for its answer; throws what went wrong there. */
  ask<T>(shape: z.ZodType<T>, question: object): Promise<T>
  stop(): Promise<void>
}

const waitFor = async (child: ChildProcess) => {
  const over = new AbortController()
  const ended = once(child, 'exit', over).then(() => [{ failed: 'the process has ended' }])
  ended.catch(() => {})
  const [message] = await Promise.race([once(child, 'message', over), ended])
  over.abort()
  return answer.parse(message)
}

/** A process of its own, so that what it measures or burdens isn't slowed by us: this command again, with `--child`. */
export const startChild = (kind: string, given: object = {}): Child => {
  const entry = process.argv[1]
  if (!entry) throw new Error('the bench must be started from a file')
  const child = fork(entry, ['--child', kind], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.send(given)
  return {
    async ask(shape, question) {
      child.send(question)
      const said = await waitFor(child)
      if ('failed' in said) throw new Error(`${kind}: ${said.failed}`)
      return shape.parse(said.done)
    },
    async stop() {
      if (child.exitCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** The other side: prepares itself with what it was given, then answers one question after the other. */
export const beChild = (prepare: (given: unknown) => Promise<(question: unknown) => Promise<unknown>>) => {
  process.on('disconnect', () => process.exit(0))
  const prepared = once(process, 'message').then(([given]) => prepare(given))
  let first = true
  process.on('message', async (question) => {
    if (first) {
      first = false
      return
    }
    try {
      const answer = await prepared
      process.send?.({ done: await answer(question) })
    } catch (error) {
      process.send?.({ failed: error instanceof Error ? `${error.stack}` : String(error) })
    }
  })
}
