import { z } from 'zod'
import { withoutSecrets } from '#src/mail/clean.ts'

const smtpError = z.object({
  code: z.string().optional(),
  command: z.string().optional(),
  responseCode: z.number().optional(),
  permanent: z.boolean().optional(),
})

/** Why sending failed: in words that may be kept, and whether the same mail to the same person can never work. */
export const failureOf = (error: unknown) => {
  const { code, command, permanent } = smtpError.catch({}).parse(error)
  const words = withoutSecrets(error instanceof Error ? error.message : String(error))
  return {
    reason: [code, command, words].filter(Boolean).join(' · '),
    // elsewhere (signing in, our own address) a 5xx is the operator's to mend, and the mail should survive it
    final: permanent === true && (command === 'RCPT TO' || command === 'DATA'),
  }
}
