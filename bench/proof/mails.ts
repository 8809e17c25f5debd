import { EventEmitter, once } from 'node:events'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export type Mail = { to: string; messageId: string; text: string }

/** A mail server that takes everything and forgets nothing. */
export const mailServer = async () => {
  const mails: Mail[] = []
  const arrived = new EventEmitter().setMaxListeners(0)
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, { envelope }, taken) {
      simpleParser(stream).then((mail) => {
        for (const { address } of envelope.rcptTo)
          mails.push({ to: address, messageId: mail.messageId ?? '', text: mail.text ?? '' })
        arrived.emit('mail')
        taken()
      }, taken)
    },
  })
  server.on('error', () => {}) // a client that was killed
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    /** The sign-in links that came to an address, each once, however often its mail came. */
    linksTo: (to: string) => {
      const texts = new Map(mails.filter((mail) => mail.to === to).map((mail) => [mail.messageId, mail.text]))
      return [...texts.values()].flatMap((text) => /#t=([\w-]{64})/.exec(text)?.[1] ?? [])
    },
    /** Resolves with the next mail, or when the time (in milliseconds) is up. */
    next: (patience: number) =>
      once(arrived, 'mail', { signal: AbortSignal.timeout(patience) }).catch(() => {}),
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  }
}

export type MailServer = Awaited<ReturnType<typeof mailServer>>
