import { COMMON_WORDS } from '#src/staff-sign-in/common-words.ts'

const words = new Set(COMMON_WORDS.split(/\s+/).filter(Boolean))

/** Letters that people write as something else. */
const LOOKS: Record<string, string> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  8: 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
}
const unmasked = (text: string) => [...text].map((letter) => LOOKS[letter] ?? letter).join('')

const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '0123456789',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
]
const runs = ROWS.flatMap((row) => [row.repeat(3), [...row.repeat(3)].reverse().join('')])

/** One piece again and again (`abcabcabc`), down to that piece. */
const piece = (text: string) => /^(.+?)\1+$/u.exec(text)?.[1] ?? text

/** A run along the alphabet, the digits or the keyboard, with little else. */
const isRun = (text: string) => runs.some((row) => row.includes(text))

/** Whether the text is nothing but such words, one after the other, at most two. */
const isMadeOf = (text: string, known: (word: string) => boolean, left = 2): boolean => {
  if (text === '') return true
  if (left === 0) return false
  for (let end = text.length; end > 1; end--)
    if (known(text.slice(0, end)) && isMadeOf(text.slice(end), known, left - 1)) return true
  return false
}

const MOST_ROUND_IT = 8

/**
 * Whether a password is among those that are tried first: common words, names and keyboard runs, alone, repeated or two
 * of them, with a few digits or signs round them, or with `0` for `o` and the like. `own` are words that
 * anybody can know of this person.
 */
export const isCommon = (password: string, own: string[] = []): boolean => {
  const text = password.normalize('NFKC').toLowerCase()
  const mine = new Set(
    own.flatMap((word) => [word.toLowerCase(), ...word.toLowerCase().split(/[^\p{L}\d]+/u)]),
  )
  mine.delete('')
  const known = (word: string) => words.has(word) || mine.has(word)
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const bare = text.length - core.length <= MOST_ROUND_IT ? [core, unmasked(core)] : []
  const versions = [text, unmasked(text), ...bare].flatMap((one) => [one, one.replace(/[^\p{L}]+/gu, '')])
  return versions.some((one) => {
    if (one.length * 2 < text.length) return false
    if (new Set(one).size <= 2 || isRun(piece(one))) return true
    return isMadeOf(piece(one), known)
  })
}
