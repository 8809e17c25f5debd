import { isMessageKey, MESSAGE_KEYS, type Translate } from '#src/messages/index.ts'

const ACTION = 'audit.action.'

/** What happened, in words; an action that has none yet shows its own name. */
export const actionWords = (t: Translate, action: string) => {
  const key = ACTION + action
  return isMessageKey(key) ? t(key) : action
}

export const kindWords = (t: Translate, kind: string) => {
  const key = `audit.kind.${kind}`
  return isMessageKey(key) ? t(key) : kind
}

/** The actions whose words hold this text: people search for what they read. */
export const actionsSaying = (t: Translate, text: string | undefined): string[] => {
  if (!text) return []
  const sought = text.toLowerCase()
  return MESSAGE_KEYS.filter((key) => key.startsWith(ACTION) && t(key).toLowerCase().includes(sought)).map(
    (key) => key.slice(ACTION.length),
  )
}
