/** What a mail says, as data; render.tsx and text.ts make the two parts of it. Texts are plain: line breaks count. */
export type Block =
  | { type: 'heading'; text: string }
  | { type: 'text'; text: string }
  /** `href` is one of our own addresses: nothing else is linked. */
  | { type: 'button'; label: string; href: string }
  | { type: 'code'; label: string; code: string }
  /** Somebody's words. */
  | { type: 'quote'; by: string; text: string }
  | { type: 'facts'; facts: [label: string, value: string][] }
  | { type: 'small'; text: string }

/** Who speaks and how to reach them. */
export type Sender = {
  name: string
  supportEmail: string
  supportPhone: string | null
  /** `#rrggbb` */
  brandColor: string
}

export type Letter = {
  /** BCP 47 */
  locale: string
  subject: string
  /** What the list of mails shows beside the subject. */
  preheader: string
  blocks: Block[]
  /** Why she gets this, and how to reach the tenant: the footer. */
  footer: string[]
  sender: Sender
}
