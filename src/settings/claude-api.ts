import { z } from 'zod'
import { withoutSecrets } from '#src/mail/clean.ts'

/** What Anthropic said of a key. `answer`: its own words, without what might be a secret. */
export type KeyTried = { outcome: 'works' | 'refused' | 'limited' | 'broken' | 'unreachable'; answer: string }

// https://docs.claude.com/en/api/models-list, https://docs.claude.com/en/api/errors
const models = z.object({ data: z.array(z.object({ id: z.string() })) })
const problem = z.object({ error: z.object({ type: z.string(), message: z.string() }) })

const outcomeOf = (status: number): KeyTried['outcome'] => {
  if (status === 401 || status === 403) return 'refused'
  return status === 429 || status === 529 ? 'limited' : 'broken'
}

/** Asks for the list of models, which costs nothing. Takes ten seconds at most. */
export const tryKey = async (base: string, key: string): Promise<KeyTried> => {
  try {
    const response = await fetch(`${base}/v1/models?limit=3`, {
      headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    })
    const body: unknown = await response.json().catch(() => undefined)
    const listed = models.safeParse(body)
    if (response.ok && listed.success)
      return { outcome: 'works', answer: listed.data.data.map(({ id }) => id).join(', ') }
    const said = problem.safeParse(body)
    const words = said.success ? `${said.data.error.type}: ${said.data.error.message}` : ''
    return { outcome: outcomeOf(response.status), answer: withoutSecrets(`${response.status} ${words}`) }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { outcome: 'unreachable', answer: withoutSecrets(String(cause)) }
  }
}
