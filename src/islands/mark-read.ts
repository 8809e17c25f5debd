import { define } from './define.ts'

/**
 * `<mark-read><form method="post">`, or `data-action` and `data-csrf` alone: POSTs by itself once the page was visible
 * for a second.
 */
define('mark-read', (element) => {
  const form = element.querySelector('form')
  const body = new URLSearchParams({ csrf: element.dataset.csrf ?? '' })
  if (form) for (const [name, value] of new FormData(form)) body.set(name, String(value))
  let timer = 0
  const send = () => {
    document.removeEventListener('visibilitychange', watch)
    fetch(form?.action ?? element.dataset.action ?? '', {
      method: 'POST',
      body,
      keepalive: true,
      redirect: 'manual',
    }).catch(() => undefined)
  }
  // A page that is prerendered counts as hidden, so this waits for both.
  const watch = () => {
    clearTimeout(timer)
    if (document.visibilityState === 'visible') timer = window.setTimeout(send, 1000)
  }
  document.addEventListener('visibilitychange', watch)
  watch()
})
