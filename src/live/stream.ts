import { join, part, type Stream } from '#src/live/hub.ts'
import { type News, newsOf, newsSince, type Reader } from '#src/live/reader.ts'

/** What the browser has seen: a moment in milliseconds, and the ticket that its page shows. */
export type Seen = { since: number; shown: string | undefined }

const encoder = new TextEncoder()
// somebody who doesn't read is let go
const BEHIND = 200
const RETRY = 2_000

const lineOf = (event: string, data: unknown) =>
  `id: ${Date.now()}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** A channel to one browser, and the stream that the hub tells. Undefined when this person has too many. */
export const openStream = async (reader: Reader, seen: Seen): Promise<ReadableStream | undefined> => {
  let control: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        control = controller
      },
      cancel: () => end(),
    },
    { highWaterMark: BEHIND },
  )
  const write = (text: string) => {
    if (!control) return
    if ((control.desiredSize ?? 0) <= 0) return end()
    control.enqueue(encoder.encode(text))
  }
  const end = () => {
    const open = control
    control = undefined
    void part(stream)
    try {
      open?.close()
    } catch {
      // the browser has gone already
    }
  }
  /** Nothing more will come: the browser need not try again. */
  const over = () => {
    write(lineOf('over', {}))
    end()
  }
  const tell = ({ ticket, at }: News) => write(lineOf('ticket', { ticket, at: at.toISOString() }))
  const look = async (work: Parameters<Reader['look']>[0]) => {
    if (!control) return
    const answer = await reader.look(async (db) => ({ found: await work(db) }))
    if (!answer) over()
    return answer
  }
  const stream: Stream = {
    ...reader,
    hear: async ({ ticket }) => {
      await look(async (db) => {
        const news = await newsOf(db, ticket)
        if (news) tell(news)
      })
    },
    check: async () => {
      await look(async () => undefined)
    },
    gap: () => write(lineOf('gap', {})),
    beat: () => write(': \n\n'),
    leave: end,
  }
  if (!(await join(stream))) return undefined
  write(`retry: ${RETRY}\n\n`)
  await look(async (db) => {
    for (const news of await newsSince(db, seen.since, seen.shown)) tell(news)
  })
  write(lineOf('ready', {}))
  return body
}
