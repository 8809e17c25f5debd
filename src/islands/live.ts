import { define } from './define.ts'

/**
 * `<live-updates data-src data-since>`: hears what changes while the page is visible. The tabs of a browser share one
 * stream: whoever has the lock reads it and passes it on. With `data-page` (a ticket) the conversation is fetched
 * again, what is being written stays; without, a line says how many rows of the list are out of date.
 */
type News = { ticket: string; at: string }

const fetched = async (url: string) => {
  const answer = await fetch(url).catch(() => undefined)
  return answer?.ok && !answer.redirected
    ? new DOMParser().parseFromString(await answer.text(), 'text/html')
    : undefined
}

const rowTimes = (page: ParentNode) =>
  [...page.querySelectorAll<HTMLAnchorElement>('main tbody a.cover')].map((link) => ({
    ticket: link.pathname.split('/').at(-1) ?? '',
    at: link.closest('tr')?.querySelector('time')?.dateTime ?? '',
  }))

const idOf = (line: Element | undefined) =>
  line && (line.querySelector('.msg')?.id || line.querySelector('time')?.dateTime || line.textContent)

/** What stands in both stays untouched, so that a selection or the focus in it is not lost. */
const renew = (old: Element, now: Element) => {
  const [lines, fresh] = [[...old.children], [...now.children]]
  let same = 0
  while (same < lines.length && idOf(lines[same]) === idOf(fresh[same])) same++
  for (const line of lines.slice(same)) line.remove()
  old.append(...fresh.slice(same))
}

define('live-updates', (element) => {
  const { src = '', page, ticket, one = '', many = '', message = '' } = element.dataset
  let since = element.dataset.since ?? ''
  const note = element.querySelector<HTMLElement>('[data-note]')
  const said = element.querySelector('[data-words]')
  const changed = new Set<string>()
  const channel = new BroadcastChannel(`live ${src}`)
  let leave: (() => void) | undefined
  let missed = false
  let turn = Promise.resolve()

  const count = ({ ticket: id, at }: News) => {
    if (rowTimes(document).some((row) => row.ticket === id && row.at >= at)) return
    changed.add(id)
    const words = changed.size === 1 ? one : many.replace('{n}', String(changed.size))
    if (!note || !said) return
    note.hidden = false
    said.textContent = words
  }

  /** The page as it is now: its conversation takes the place of ours, or its rows are compared with ours. */
  const look = async () => {
    const fresh = await fetched(page ?? location.href)
    if (!fresh) return
    if (!page) return rowTimes(fresh).forEach(count)
    const [thread, now] = [document.querySelector('.thread'), fresh.querySelector('.thread')]
    if (!thread || !now) return
    const before = thread.querySelectorAll('.msg').length
    renew(thread, now)
    const [head, state] = [document.querySelector('.page-head'), fresh.querySelector('.page-head')]
    if (head && state && !head.contains(document.activeElement)) head.replaceWith(state)
    if (thread.querySelectorAll('.msg').length <= before) return
    if (said) said.textContent = message
    const mark = document.querySelector('mark-read')
    mark?.replaceWith(mark.cloneNode(true))
  }
  const refresh = () => {
    turn = turn.then(look, look)
  }
  const hear = (news: News | 'look') => {
    if (news === 'look') refresh()
    else if (page && news.ticket === ticket) refresh()
    else if (!page) count(news)
  }

  const read = () => {
    const stream = new EventSource(`${src}?since=${since}${ticket ? `&ticket=${ticket}` : ''}`)
    let ready = false
    const all = () => {
      refresh()
      channel.postMessage('look')
    }
    stream.addEventListener('ticket', ({ data, lastEventId }) => {
      const news: News = JSON.parse(data)
      since = lastEventId
      hear(news)
      channel.postMessage(news)
    })
    stream.addEventListener('ready', () => {
      // the other tabs had no stream for a moment, and after an interruption nobody had
      if (ready) all()
      else channel.postMessage('look')
      ready = true
    })
    stream.addEventListener('gap', all)
    stream.addEventListener('over', () => stream.close())
    return stream
  }

  const start = () => {
    const stop = new AbortController()
    channel.onmessage = ({ data }) => hear(data)
    if (missed) refresh()
    const wait = setTimeout(refresh, 600) // somebody else reads: what came before we listened is in the page
    const lead = () => {
      clearTimeout(wait)
      const stream = read()
      return new Promise<void>((done) => stop.signal.addEventListener('abort', () => done())).then(() =>
        stream.close(),
      )
    }
    navigator.locks.request(`live ${src}`, { signal: stop.signal }, lead).catch(() => undefined)
    leave = () => {
      clearTimeout(wait)
      stop.abort()
      channel.onmessage = null
      missed = true
    }
  }
  const watch = () => {
    const seen = document.visibilityState === 'visible'
    if (seen && !leave) start()
    if (seen || !leave) return
    leave()
    leave = undefined
  }
  document.addEventListener('visibilitychange', watch)
  addEventListener('pagehide', () => {
    leave?.()
    leave = undefined
  })
  addEventListener('pageshow', watch)
  watch()
})
