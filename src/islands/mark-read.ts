import { define } from './define.ts'

/** `<mark-read><form method="post">`: sends the form by itself once the page was visible for a second. */
define('mark-read', (element) => {
  const form = element.querySelector('form')
  if (!form || form.querySelector('[aria-disabled=true]')) return // somebody else looks, in a preview
  let timer = 0
  const send = () => {
    document.removeEventListener('visibilitychange', watch)
    const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)])
    const body = new URLSearchParams(fields)
    fetch(form.action, { method: 'POST', body, keepalive: true, redirect: 'manual' }).catch(() => undefined)
  }
  // A page that is prerendered counts as hidden, so this waits for both.
  const watch = () => {
    clearTimeout(timer)
    if (document.visibilityState === 'visible') timer = window.setTimeout(send, 1000)
  }
  document.addEventListener('visibilitychange', watch)
  watch()
})
