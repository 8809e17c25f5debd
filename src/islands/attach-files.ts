import { define } from './define.ts'
import { screenshotsNamed, sizeInWords } from './files.ts'

const fill = (text: string | undefined, values: Record<string, string>) =>
  (text ?? '').replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

/**
 * `<attach-files>`: files can be dropped on its form and screenshots pasted into it; each chosen file is listed with
 * its size and can be taken out again. What is sent stays the plain file input.
 */
define('attach-files', (element) => {
  const input = element.querySelector<HTMLInputElement>('input[type=file]')
  const list = element.querySelector<HTMLElement>('.chosen')
  const row = element.querySelector('template')
  const said = element.querySelector('output')
  const form = input?.form
  if (!input || !list || !row || !said || !form) return

  const words = element.dataset
  const text = element.querySelector('textarea')
  const needsText = text?.required ?? false
  const limit = Number(words.maxBytes) || Number.POSITIVE_INFINITY
  let files: File[] = []

  const tooBig = (file: File) =>
    file.size > limit ? fill(words.tooBig, { name: file.name, limit: sizeInWords(limit) }) : ''

  const rowFor = (file: File, index: number) => {
    const item = row.content.cloneNode(true) as DocumentFragment
    const [name, size] = item.querySelectorAll('[data-name], [data-size]')
    const remove = item.querySelector('button')
    if (name) name.textContent = file.name
    if (size) size.textContent = tooBig(file) || sizeInWords(file.size)
    item.querySelector('li')?.toggleAttribute('data-invalid', file.size > limit)
    remove?.setAttribute('aria-label', fill(words.remove, { name: file.name }))
    remove?.addEventListener('click', () => {
      set(
        files.filter((other) => other !== file),
        fill(words.removed, { name: file.name }),
      )
      const next = list.querySelectorAll('button')[Math.min(index, files.length - 1)] ?? input
      next.focus()
    })
    return item
  }

  function set(chosen: File[], announcement: string) {
    files = chosen
    const transfer = new DataTransfer()
    for (const file of files) transfer.items.add(file)
    if (input) input.files = transfer.files
    input?.setCustomValidity(files.map(tooBig).find(Boolean) ?? '')
    list?.replaceChildren(...files.map(rowFor))
    list?.toggleAttribute('hidden', !files.length)
    // an answer may be a screenshot alone; the text of a new ticket stands outside
    if (text) text.required = needsText && !files.length
    if (said) said.textContent = announcement
  }

  const add = (chosen: Iterable<File>, text: string | undefined) => {
    const more = [...chosen]
    if (more.length) set([...files, ...more], fill(text, { name: more.map((file) => file.name).join(', ') }))
  }

  input.addEventListener('change', () => add(input.files ?? [], words.added))

  form.addEventListener('paste', (event) => {
    const data = event.clipboardData
    if (!data?.files.length || data.types.includes('text/plain')) return
    event.preventDefault()
    add(screenshotsNamed(data.files), words.pasted)
  })

  const over = (on: boolean) => (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    element.toggleAttribute('data-over', on)
  }
  form.addEventListener('dragover', over(true))
  form.addEventListener('dragleave', over(false))
  form.addEventListener('drop', (event) => {
    over(false)(event)
    add(event.dataTransfer?.files ?? [], words.added)
  })

  // What the browser kept when one came back to the page.
  addEventListener('pageshow', () => set([...(input.files ?? [])], ''))
})
