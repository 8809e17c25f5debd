// Controls, and the marks that reorder or hide text: a name must not be able to rewrite the line that it stands in.
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** One line for a header: no line breaks, no invisible or reordering characters, at most `max` characters. */
export const headerText = (text: string, max: number) => {
  const line = text.replace(/\s+/gu, ' ').replace(UNSEEN, '').trim()
  const characters = [...line]
  return characters.length <= max
    ? line
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`
}

/** An error's words without what might be a secret in them: links, codes, tokens. */
export const withoutSecrets = (text: string) =>
  text
    .replace(/\w+:\/\/\S+/g, '[link]')
    .replace(/\b\d{8}\b/g, '[code]')
    .replace(/[\w+/=-]{32,}/g, '[token]')
    .replace(/\s+/g, ' ')
    .slice(0, 300)
