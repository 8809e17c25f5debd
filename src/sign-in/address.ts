import type { MessageKey } from '#src/messages/index.ts'

/**
 * The form in which addresses are compared and stored as `email_key`: NFC and lower case, local part too, because nobody
 * has two mailboxes that differ in case only. Mail goes to the address on file, never to what was typed.
 */
export const emailKey = (address: string): string => address.trim().normalize('NFC').toLowerCase()

const LONGEST = 254 // RFC 5321, 4.5.3.1.3
const part = String.raw`[^\s@\p{C}<>"(),:;\\[\]]+`
const shape = new RegExp(`^${part}@${part}\\.${part}$`, 'u')

/** What is wrong with an address that somebody typed; undefined when mail could go there. */
export const addressProblem = (typed: string): MessageKey | undefined => {
  const address = typed.trim()
  if (address === '') return 'signIn.email.missing'
  if (address.length > LONGEST) return 'signIn.email.tooLong'
  return shape.test(address) ? undefined : 'signIn.email.malformed'
}
