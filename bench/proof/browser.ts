import type { ProvenApp } from './app.ts'

export type Answer = { status: number; location: string; text: string }
export type Fields = Record<string, string | File>

/** What happens between clients and app: blows fall on its beats, figures come from its counts. */
export type Traffic = {
  /** A request leaves, or an answer comes. */
  beat(): void
  answered: number
  /** Nobody listened. */
  unheard: number
  /** The connection broke before the answer. */
  broken: number
  /** The server answered that it can't now. */
  refused: number
}

export const formOf = (fields: Fields) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

const wasHeard = (error: unknown) =>
  !(
    error instanceof Error &&
    error.cause instanceof Error &&
    'code' in error.cause &&
    error.cause.code === 'ECONNREFUSED'
  )

const PATIENCE = 120_000
const CSRF = /name="csrf" value="([^"]+)"/

/** A browser that is patient: what was dropped or refused is sent again, as it was, once the app is ready. */
export const patientBrowser = (app: ProvenApp, traffic: Traffic, address: string) => {
  const jar = new Map<string, string>()
  let csrf = ''
  const headers = () => ({
    cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    origin: app.origin,
    'x-forwarded-for': address,
  })
  const keep = (answer: Response) => {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
  }
  const attempt = async (path: string, init: RequestInit): Promise<Answer | undefined> => {
    try {
      const signal = AbortSignal.timeout(30_000)
      const sent = fetch(app.origin + path, { ...init, headers: headers(), redirect: 'manual', signal })
      traffic.beat()
      const answer = await sent
      const text = await answer.text()
      traffic[answer.status >= 500 ? 'refused' : 'answered'] += 1
      if (answer.status >= 500) return undefined
      keep(answer)
      csrf = CSRF.exec(text)?.[1] ?? csrf
      return { status: answer.status, location: answer.headers.get('location') ?? '', text }
    } catch (error) {
      traffic[wasHeard(error) ? 'broken' : 'unheard'] += 1
      return undefined
    } finally {
      traffic.beat()
    }
  }
  const insist = async (path: string, init: () => RequestInit): Promise<Answer> => {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await app.ready()) {
      const answer = await attempt(path, init())
      if (answer) return answer
    }
    throw new Error(`${path} was not answered in two minutes`)
  }
  return {
    headers,
    get: (path: string) => insist(path, () => ({})),
    /** Sends a form with the token of the last page that had one. */
    post: (path: string, fields: Fields) =>
      insist(path, () => ({ method: 'POST', body: formOf({ csrf, ...fields }) })),
    csrf: () => csrf,
    session: () => jar.get('portal'),
    /** As somebody else's browser, with no cookie. */
    forget: () => jar.clear(),
  }
}

export type PatientBrowser = ReturnType<typeof patientBrowser>
