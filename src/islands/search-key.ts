import { define, within } from './define.ts'

/** `<search-key>`: "/" goes to the search box, unless one is typing or holds a modifier. */
define('search-key', (element) => {
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (within(event, 'input, textarea, select, [contenteditable]')) return
    event.preventDefault()
    element.querySelector('input')?.select()
  })
})
