import { request } from 'node:http'

type Sent = { head: number; body: Buffer; type: string; rules: string | undefined }

/** One answer as it travels: its head, and its body still compressed. */
const get = (url: string, headers: Record<string, string>) =>
  new Promise<Sent>((resolve, reject) => {
    const asked = request(url, { headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        if (answer.statusCode !== 200) return reject(new Error(`${url} was answered ${answer.statusCode}`))
        const type = answer.headers['content-type'] ?? ''
        const rules = /^"(.+)"$/.exec(String(answer.headers['speculation-rules'] ?? ''))?.[1]
        const head = answer.rawHeaders.join('    ').length + 'HTTP/1.1 200 OK'.length
        resolve({ head, body: Buffer.concat(chunks), type, rules })
      })
    })
    asked.on('error', reject)
    asked.end()
  })

/** The files that the page has its browser load at once. */
const filesOf = (html: string): string[] => {
  const links = [...html.matchAll(/<link\b[^>]*>/g)]
    .filter(([tag]) => /rel="(stylesheet|preload|icon|manifest)"/.test(tag))
    .map(([tag]) => /href="([^"]+)"/.exec(tag)?.[1])
  const sources = [...html.matchAll(/<(?:script|img)\b[^>]*\bsrc="([^"]+)"/g)].map(([, source]) => source)
  return [...new Set([...links, ...sources].filter((path) => path !== undefined))]
}

export type Cold = {
  htmlBytes: number
  htmlGzip: number
  coldBytes: number
  jsBytes: number
  requests: number
}

/**
 * What a browser without a cache loads for a page: bytes with heads, compressed as sent, without the font, which is counted
 * among the requests. `htmlBytes` is the page as text.
 */
export const loadCold = async (origin: string, path: string, cookie: string): Promise<Cold> => {
  const headers = { cookie, 'accept-encoding': 'gzip, deflate, br' }
  const plain = await get(origin + path, { cookie })
  const page = await get(origin + path, headers)
  const paths = [...filesOf(plain.body.toString()), ...(page.rules ? [page.rules] : [])]
  const files = await Promise.all(paths.map((file) => get(new URL(file, origin).href, headers)))
  const withoutFont = [page, ...files].filter((file) => !file.type.startsWith('font/'))
  const scripts = files.filter((file) => file.type.startsWith('text/javascript'))
  const sum = (list: Sent[]) => list.reduce((total, file) => total + file.body.length, 0)
  return {
    htmlBytes: plain.body.length,
    htmlGzip: page.body.length,
    coldBytes: sum(withoutFont) + withoutFont.reduce((total, file) => total + file.head, 0),
    jsBytes: sum(scripts),
    requests: 1 + files.length,
  }
}
