import { existsSync, readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { register } from 'prom-client'
import { expect, test } from 'vitest'
import '#src/jobs/metrics.ts'
import '#src/mail/metrics.ts'
import { registry } from '#src/operate/metrics.ts'
import { root } from '#src/root.ts'

const pages = async () => {
  const found: string[] = []
  for await (const name of glob(['*.md', 'docs/**/*.md'], { cwd: root })) found.push(name)
  return found
}

test('every link of the documents leads to a file that is there', async () => {
  const dead: string[] = []
  for (const page of await pages()) {
    const links = readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#\s]+)[^)]*\)/g)
    for (const [, link = ''] of links)
      if (!/^https?:/.test(link) && !existsSync(join(root, dirname(page), link)))
        dead.push(`${page}: ${link}`)
  }
  expect(dead).toEqual([])
})

test('every figure of ours is in the operator’s table', async () => {
  const all = [...(await registry.getMetricsAsJSON()), ...(await register.getMetricsAsJSON())]
  const ours = [...new Set(all.map(({ name }) => name).filter((name) => name.startsWith('portal_')))].sort()
  const text = readFileSync(join(root, 'docs/operate.md'), 'utf8')
  expect([...new Set([...text.matchAll(/^\| `(portal_\w+)`/gm)].map(([, name]) => name))].sort()).toEqual(
    ours,
  )
})
