import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import { chromium, type Page } from 'playwright-core'

const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; form-action 'self'"

const bundle = async () => {
  const { outputFiles } = await build({
    entryPoints: ['src/islands/index.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  })
  return outputFiles[0]?.text ?? ''
}

export type Ground = {
  page: Page
  origin: string
  /** Forms that arrived, as text. */
  posts: { path: string; body: string }[]
  /** What the next POSTs are answered with, and after how many milliseconds. */
  answer: { status: number; location?: string; delay: number }
  close: () => Promise<void>
}

const pageOf = (body: string) =>
  `<!doctype html><html lang="en"><title>x</title><script type="module" src="/portal.js"></script><body>${body}</body></html>`

/** A browser with the islands on pages of ours (path → HTML of the body), under a strict policy. */
export async function openGround(
  executablePath: string | undefined,
  pages: Record<string, string>,
): Promise<Ground> {
  const script = await bundle()
  const posts: Ground['posts'] = []
  const answer: Ground['answer'] = { status: 303, location: '/done', delay: 0 }

  const send = (out: ServerResponse, status: number, type: string, text: string) =>
    out.writeHead(status, { 'content-type': type, 'content-security-policy': policy }).end(text)

  const server = createServer(async (request, out) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (request.method === 'POST') {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      posts.push({ path: pathname, body: Buffer.concat(chunks).toString('latin1') })
      await new Promise((resolve) => setTimeout(resolve, answer.delay))
      if (answer.location) out.writeHead(answer.status, { location: answer.location }).end()
      else send(out, answer.status, 'text/html', pageOf('<h1>Failed</h1>'))
    } else if (pathname === '/portal.js') send(out, 200, 'text/javascript', script)
    else send(out, pages[pathname] ? 200 : 404, 'text/html; charset=utf-8', pageOf(pages[pathname] ?? ''))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const context = await browser.newContext({ baseURL: origin })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  return {
    page: await context.newPage(),
    origin,
    posts,
    answer,
    close: async () => {
      await browser.close()
      server.closeAllConnections()
      server.close()
    },
  }
}
