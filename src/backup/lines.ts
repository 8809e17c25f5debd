/** `kind {"some":"JSON"}`: what a backup consists of, but for the bytes of files. */
export const line = (kind: string, json: string) => Buffer.from(`${kind} ${json}\n`)

export const lines = (kind: string, json: string[]) =>
  Buffer.from(json.map((one) => `${kind} ${one}\n`).join(''))

/** Reads a stream line by line, and where a line says so, bytes. Throws when it ends in the middle. */
export const lineReader = (source: AsyncIterable<Buffer>) => {
  const pieces = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  const more = async () => {
    const { value, done } = await pieces.next()
    if (done) throw new Error('the backup ends too early')
    rest = rest.length > 0 ? Buffer.concat([rest, value]) : value
  }
  return {
    async next(): Promise<{ kind: string; json: string }> {
      let end = rest.indexOf('\n')
      while (end < 0) {
        const seen = rest.length
        await more()
        end = rest.indexOf('\n', seen)
      }
      const space = rest.indexOf(' ')
      const kind = rest.toString('utf8', 0, space)
      const json = rest.toString('utf8', space + 1, end)
      rest = rest.subarray(end + 1)
      return { kind, json }
    },
    async *bytes(count: number): AsyncGenerator<Buffer> {
      for (let left = count; left > 0; ) {
        if (rest.length === 0) await more()
        const piece = rest.subarray(0, left)
        rest = rest.subarray(piece.length)
        left -= piece.length
        yield piece
      }
    },
  }
}

export type LineReader = ReturnType<typeof lineReader>
