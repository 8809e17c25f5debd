import { define } from './define.ts'

/** `<flash-note><output>`: screen readers announce changes only, so the words are put in once more. */
define('flash-note', (element) => {
  const words = element.querySelector('output > span')
  if (!words) return
  const text = words.textContent
  words.textContent = ''
  setTimeout(() => {
    words.textContent = text
  }, 150)
})
