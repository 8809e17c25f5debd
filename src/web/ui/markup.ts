import { raw } from 'hono/html'
import { escapeToBuffer } from 'hono/utils/html'

type Value = string | number | boolean | undefined | null

/**
 * Attributes for an `html` template, escaped; those without a value are left out, `true` stands alone.
 * What every page draws many times is written as templates, because they cost a tenth of JSX.
 */
export function attrs(given: Record<string, Value>) {
  const out: [string] = ['']
  for (const name in given) {
    const value = given[name]
    if (value === undefined || value === null || value === false) continue
    out[0] += ` ${name}`
    if (value === true) continue
    out[0] += '="'
    escapeToBuffer(String(value), out)
    out[0] += '"'
  }
  return raw(out[0])
}
