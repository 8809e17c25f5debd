import { z } from 'zod'

const text = z.string().max(20_000)
const base = {
  id: text,
  rawId: text,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
}
/** What a browser answers that made a passkey. */
export const madeSchema = z.object({
  ...base,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
})
/** What a browser answers that was asked for one. */
export const askedSchema = z.object({
  ...base,
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.optional(),
  }),
})

/** The answer of a browser; undefined when it isn't one. */
export const parsed = <T>(schema: z.ZodType<T>, json: string): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}

/** Which challenge it says that it answers. */
export const challengeOf = (clientDataJSON: string): string => {
  const data = parsed(
    z.object({ challenge: z.string() }),
    Buffer.from(clientDataJSON, 'base64url').toString(),
  )
  return data?.challenge ?? ''
}
