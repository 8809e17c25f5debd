import { listen } from '#src/db/listen.ts'
import { CHANNEL, type Told, told } from '#src/live/tell.ts'
import { log } from '#src/log.ts'
import { whenStopping } from '#src/operate/stopping.ts'

/** An open stream of one browser. */
export type Stream = {
  tenant: string
  /** A contact's; staff hear of every company. */
  company: string | undefined
  person: string
  /** Asks session and scope anew, and tells the browser if it may know. */
  hear: (news: Told) => Promise<void>
  /** The session may have ended without any news. */
  check: () => Promise<void>
  /** The listening connection was lost: the browser should look for itself. */
  gap: () => void
  beat: () => void
  /** The server stops: the browser should come back. */
  leave: () => void
}

const PER_PERSON = 8
const AT_ONCE = 6
const BEAT = 20_000

const streams = new Set<Stream>()
let listener: ReturnType<typeof listen> | undefined
let pulse: NodeJS.Timeout | undefined

export const openStreams = () => streams.size

// A few at a time: whoever looks at a page must not wait for five hundred streams.
const tasks: (() => Promise<void>)[] = []
let running = 0
const next = () => {
  while (running < AT_ONCE) {
    const task = tasks.shift()
    if (!task) return
    running++
    task()
      .catch((error) => log.warn({ err: error }, 'a live stream was not told'))
      .finally(() => {
        running--
        next()
      })
  }
}
const soon = (task: () => Promise<void>) => {
  tasks.push(task)
  next()
}

const concerns = (stream: Stream, news: Told) =>
  stream.tenant === news.tenant &&
  (stream.company === undefined || (stream.company === news.company && !news.internal))

// tickets that a stream is about to ask for: what changes twice meanwhile is asked for once
const waiting = new WeakMap<Stream, Set<string>>()

const queue = (stream: Stream, news: Told) => {
  const asked = waiting.get(stream) ?? new Set()
  waiting.set(stream, asked)
  if (asked.has(news.ticket)) return
  asked.add(news.ticket)
  soon(() => {
    asked.delete(news.ticket)
    return stream.hear(news)
  })
}

const heard = (payload: string) => {
  const news = told.parse(JSON.parse(payload))
  for (const stream of streams) if (concerns(stream, news)) queue(stream, news)
}

/** Each stream is asked again well within half a minute whether its session goes on. */
const beat = () => {
  for (const stream of streams) {
    stream.beat()
    soon(() => stream.check())
  }
}

/** The one listening connection of this process is there as long as anybody has a stream. */
const start = () => {
  listener ??= listen(CHANNEL, {
    heard,
    again: () => {
      for (const stream of streams) stream.gap()
    },
  })
  pulse ??= setInterval(beat, BEAT).unref()
  return listener.ready
}

const stop = async () => {
  clearInterval(pulse)
  pulse = undefined
  const over = listener
  listener = undefined
  await over?.stop()
}

/** False when this person has as many streams open as one person may. */
export const join = async (stream: Stream): Promise<boolean> => {
  const hers = [...streams].filter(
    ({ person, tenant }) => person === stream.person && tenant === stream.tenant,
  )
  if (hers.length >= PER_PERSON) return false
  streams.add(stream)
  await start()
  return true
}

export const part = async (stream: Stream) => {
  if (streams.delete(stream) && streams.size === 0) await stop()
}

whenStopping(() => {
  for (const stream of streams) stream.leave()
})
