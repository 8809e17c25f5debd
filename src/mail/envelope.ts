import type { Message } from '#src/mail/message.ts'

/** A message as nodemailer takes it. */
export const envelopeAndHeaders = ({ id, kind, from, to, references, ...message }: Message) => ({
  ...message,
  from,
  // as an object, it can't be taken for a list
  to: { name: '', address: to },
  envelope: { from: from.address, to: [to] },
  ...(references && { references, inReplyTo: references }),
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  xMailer: false as const,
  // a copy sent again is the same bytes
  baseBoundary: id,
})
