import type { FC } from 'hono/jsx'

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const first = (word: string) => segmenter.segment(word)[Symbol.iterator]().next().value?.segment ?? ''

/** One or two letters for a name: first and last word, whole graphemes, any script. */
export const initials = (name: string) => {
  const words = name.split(/[\s-]+/u).filter((word) => /\p{L}|\p{N}/u.test(word))
  const [head, tail] = [words[0] ?? '', words.length > 1 ? (words.at(-1) ?? '') : '']
  return (first(head) + first(tail)).toUpperCase()
}

/** Initials in a circle. Brand tint for the tenant's people (`desk`), neutral for the client's. */
export const Avatar: FC<{ name: string; desk?: boolean; size?: 'sm' | 'lg'; labelled?: boolean }> = (
  props,
) => {
  const named = props.labelled ? { role: 'img', 'aria-label': props.name, title: props.name } : undefined
  return (
    <span
      class="ava"
      data-side={props.desk ? 'desk' : undefined}
      data-size={props.size}
      {...(named ?? { 'aria-hidden': 'true' })}
    >
      {initials(props.name)}
    </span>
  )
}

/** A person in a side list: avatar, name, part played. */
export const PersonRow: FC<{ name: string; role?: string; desk?: boolean }> = ({ name, role, desk }) => (
  <li class="flex items-center gap-2.5">
    <Avatar name={name} desk={desk} size="sm" />
    <span class="min-w-0 text-sm">{name}</span>
    {role && <span class="ms-auto text-end text-xs text-faint">{role}</span>}
  </li>
)
