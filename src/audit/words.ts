import { isMessageKey, type Translate } from '#src/messages/index.ts'

/** What happened, in words; an action that has none yet shows its own name. */
export const actionWords = (t: Translate, action: string) => {
  const key = `audit.action.${action}`
  return isMessageKey(key) ? t(key) : action
}

export const kindWords = (t: Translate, kind: string) => {
  const key = `audit.kind.${kind}`
  return isMessageKey(key) ? t(key) : kind
}
