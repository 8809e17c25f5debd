import { IntlMessageFormat } from 'intl-messageformat'
import { en } from '#src/messages/en/index.ts'

/** The catalogues: one object of ICU messages for each language. English is the one that the keys' type comes from. */
const catalogues = { en } satisfies Record<string, Catalogue>

type Catalogue = Record<keyof typeof en, string>
export type MessageKey = keyof typeof en & string
export const MESSAGE_KEYS = Object.keys(en) as MessageKey[]
/** Whether a text from outside (a cookie) is one of our keys. */
export const isMessageKey = (text: string): text is MessageKey => Object.hasOwn(en, text)

type Language = keyof typeof catalogues
export type Values = Record<string, string | number | Date>
export type Translate = (key: MessageKey, values?: Values) => string

const isLanguage = (text: string): text is Language => Object.hasOwn(catalogues, text)

/** The catalogue that serves a locale: `en-US` → `en`; English when there is none. */
const languageOf = (locale: string): Language => {
  const [language = ''] = locale.toLowerCase().split('-')
  return isLanguage(language) ? language : 'en'
}

const translators = new Map<string, Translate>()

/** Answers the text of a key in the locale's language. Plurals, numbers and dates follow the locale. */
export const translator = (locale: string): Translate => {
  const known = translators.get(locale)
  if (known) return known
  const messages: Record<string, string> = catalogues[languageOf(locale)]
  const formats = new Map<string, IntlMessageFormat>()
  const translate: Translate = (key, values) => {
    const text = messages[key] ?? key
    if (!values) return text
    let format = formats.get(key)
    if (!format) {
      format = new IntlMessageFormat(text, locale)
      formats.set(key, format)
    }
    return String(format.format(values))
  }
  translators.set(locale, translate)
  return translate
}
