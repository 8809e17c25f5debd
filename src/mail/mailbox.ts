import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Message, messageSchema } from '#src/mail/message.ts'
import { mailSettings } from '#src/mail/settings.ts'

const folder = () => join(resolve(mailSettings().DATA_DIR), 'mailbox')
const fileOf = (id: string) => join(folder(), `${id}.json`)
const STORED = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.json$/

/** Keeps a mail where only the portal's own user reads it, whole or not at all. */
export const storeInMailbox = async (message: Message) => {
  await mkdir(folder(), { recursive: true, mode: 0o700 })
  const draft = `${fileOf(message.id)}.${process.pid}.part`
  await writeFile(draft, JSON.stringify(message), { mode: 0o600 })
  await rename(draft, fileOf(message.id))
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

const read = async (id: string): Promise<Message | undefined> => {
  try {
    return messageSchema.parse(JSON.parse(await readFile(fileOf(id), 'utf8')))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** A mail of the mailbox by its id, undefined when there is none. */
export const readMailbox = async (id: string) => (STORED.test(`${id}.json`) ? read(id) : undefined)

/** The newest 100 mails, newest first; with an address only those to it. */
export const listMailbox = async (address?: string): Promise<Message[]> => {
  const names = await readdir(folder()).catch((error) => {
    if (isMissing(error)) return []
    throw error
  })
  // ids are UUIDv7: their order is the order of time
  const ids = names
    .flatMap((name) => STORED.exec(name)?.[1] ?? [])
    .sort()
    .reverse()
  const found: Message[] = []
  for (const id of ids) {
    const message = await read(id)
    if (message && (!address || message.to.toLowerCase() === address.toLowerCase())) found.push(message)
    if (found.length === 100) break
  }
  return found
}
