import type { AddressInfo } from 'node:net'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { expect } from 'vitest'
import { startWorker } from '#src/jobs/worker.ts'
import { log } from '#src/log.ts'
import { listMailbox } from '#src/mail/mailbox.ts'
import { serve } from '#src/operate/http.ts'
import { atEnd } from '#test/at-end.ts'
import { type World, world } from '#test/world.ts'

export const hasBrowser = Boolean(process.env.CHROMIUM)

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
]

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
}

export type Portal = {
  world: World
  origin: string
  open(
    options?: BrowserContextOptions,
  ): Promise<{ page: Page; context: BrowserContext; complaints: string[] }>
}

/** The whole portal with its cast: a real server on a free port, the job worker, the local mailbox, and Chromium. */
export const portal = async (): Promise<Portal> => {
  const port = 20_000 + (process.pid % 20_000)
  const origin = `http://localhost:${port}`
  const made = await world({ MODE: 'development', PUBLIC_URL: origin, PORT: String(port) })
  const server = await serve({ ...made.env, PORT: port })
  expect((server.address as AddressInfo).port).toBe(port)
  const worker = await startWorker({ concurrency: 2, logger: log })
  const browser: Browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '', args: ARGS })
  atEnd(async () => {
    await browser.close()
    await server.stop()
    await worker.stop()
  })
  const open = async (options: BrowserContextOptions = DESKTOP) => {
    const context = await browser.newContext({ baseURL: origin, reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of (403|404|422)/.test(message.text()))
        complaints.push(message.text())
    })
    return { page, context, complaints }
  }
  return { world: made, origin, open }
}

/** The newest mail to an address, as soon as there are `count` of them. */
export const mailTo = async (address: string, count = 1) => {
  for (;;) {
    const mails = await listMailbox(address)
    const [newest] = mails
    if (newest && mails.length >= count) return newest
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The link and the code that a sign-in mail holds. */
export const secretsOf = (text: string) => ({
  link: /https?:\/\/\S+#t=[\w-]+/.exec(text)?.[0] ?? '',
  code: /\b(\d{4})[ -]?(\d{4})\b/.exec(text)?.slice(1).join('') ?? '',
})
