import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

/** A mail server that keeps the latest mail for each address, for the sign-ins of the bench. */
export const startMailSink = async () => {
  const texts = new Map<string, string>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, received) {
      simpleParser(stream).then((mail) => {
        for (const { address } of session.envelope.rcptTo) texts.set(address, mail.text ?? '')
        received()
      }, received)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    /** The text of the mail to this address, once it is there; taken out. */
    async take(address: string): Promise<string> {
      for (const end = Date.now() + 20_000; Date.now() < end; ) {
        const text = texts.get(address)
        if (text !== undefined) {
          texts.delete(address)
          return text
        }
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      throw new Error(`no mail came to ${address}`)
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export type MailSink = Awaited<ReturnType<typeof startMailSink>>
