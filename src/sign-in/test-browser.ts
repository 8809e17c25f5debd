import type { Hono } from 'hono'
import { paths } from '#src/paths.ts'
import { ORIGIN } from '#test/world.ts'

export type Page = { status: number; headers: Headers; text: string; location: string }
type Fields = Record<string, string>
type Sending = { method?: string; body?: FormData; headers?: Fields }
type State = { jar: Map<string, string>; csrf: string; headers: Fields }

let addresses = 0
const nextAddress = () => {
  addresses += 1
  return `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`
}

const CSRF = /name="csrf" value="([^"]+)"/

const keepCookies = (jar: State['jar'], headers: Headers) => {
  for (const line of headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '' || /max-age=0/i.test(line)) jar.delete(name)
    else jar.set(name, value)
  }
}

const driving = (app: Hono, state: State) => {
  const open = async (path: string, init: Sending = {}): Promise<Page> => {
    const cookie = [...state.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...state.headers, ...(cookie && { cookie }), ...init.headers }
    const answer = await app.request(ORIGIN + path, { ...init, headers })
    keepCookies(state.jar, answer.headers)
    const text = await answer.text()
    state.csrf = CSRF.exec(text)?.[1] ?? state.csrf
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      location: answer.headers.get('location') ?? '',
    }
  }
  const post = (path: string, fields: Fields, headers: Fields = {}) => {
    const body = new FormData()
    for (const [name, value] of Object.entries({ csrf: state.csrf, ...fields })) body.set(name, value)
    const origin = `http://${state.headers.host}`
    return open(path, {
      method: 'POST',
      body,
      headers: { origin, 'sec-fetch-site': 'same-origin', ...headers },
    })
  }
  /** The same browser with other cookies; an empty value takes one away. */
  const copy = (cookies: Fields) => {
    const all = new Map([...state.jar, ...Object.entries(cookies)])
    return driving(app, { ...state, jar: new Map([...all].filter(([, value]) => value !== '')) })
  }
  return {
    jar: state.jar,
    open,
    get: (path: string, headers: Fields = {}) => open(path, { headers }),
    post,
    copy,
    /** The same browser, talking to another server. */
    at: (other: Hono) => driving(other, state),
  }
}

/** A browser with a cookie jar and a network address of its own: the world must trust the proxy 127.0.0.1. */
export const aBrowser = (app: Hono, more: { ip?: string; headers?: Fields } = {}) =>
  driving(app, {
    jar: new Map(),
    csrf: '',
    headers: { host: 'localhost:3000', 'x-forwarded-for': more.ip ?? nextAddress(), ...more.headers },
  })

export type Browser = ReturnType<typeof aBrowser>

/** Opens the sign-in page and sends an address. Answers the request's id. */
export const askFor = async (browser: Browser, email: string, next = ''): Promise<string> => {
  await browser.get(paths.login())
  const { location } = await browser.post(paths.login(), { email, next })
  return new URL(location, ORIGIN).searchParams.get('request') ?? ''
}

/** Presses Continue on the page of a link. */
export const follow = async (browser: Browser, token: string) => {
  await browser.get(paths.loginVerify())
  return browser.post(paths.loginVerify(), { t: token })
}

/** Types a code into the page of a request. */
export const typeCode = async (browser: Browser, request: string, code: string) => {
  await browser.get(paths.loginCode({ request }))
  return browser.post(paths.loginCode({ request }), { code })
}

const HELP = /<p class="lede[^"]*">.*?<\/p>/s
const OWN = /name="csrf" value="[^"]*"|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}/g

/** The sentence of help on a page, and the page without it and without what differs in each answer. */
export const sentence = {
  of: (page: Page) => HELP.exec(page.text)?.[0] ?? '',
  without: (page: Page) => page.text.replace(HELP, '').replace(OWN, ''),
}
