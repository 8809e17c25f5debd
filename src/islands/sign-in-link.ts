import { define } from './define.ts'

/**
 * `<sign-in-link>`: takes the secret from the fragment into memory, out of the address bar and history, and puts it
 * into the form only when a person sends it. Mail scanners that run scripts therefore can't use it up.
 */
define('sign-in-link', (element) => {
  // a form that comes back with errors brings it along
  let secret = element.querySelector<HTMLInputElement>('input[name=t]')?.value ?? ''
  const read = () => {
    secret = new URLSearchParams(location.hash.slice(1)).get('t') || secret
    if (location.hash) history.replaceState(null, '', location.pathname + location.search)
    for (const block of element.querySelectorAll<HTMLElement>('[data-with-link]')) block.hidden = !secret
    for (const block of element.querySelectorAll<HTMLElement>('[data-without-link]')) block.hidden = !!secret
  }
  read()
  addEventListener('hashchange', read)
  element.addEventListener('submit', () => {
    const field = element.querySelector<HTMLInputElement>('input[name=t]')
    if (field) field.value = secret
  })
})
