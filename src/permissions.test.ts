import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createApp } from '#src/app.tsx'
import { readEnv } from '#src/env.ts'
import { PERMISSIONS, PRESET_NAMES, PRESETS } from '#src/permissions.ts'
import { root } from '#src/root.ts'
import { siteOf } from '#src/web/site.ts'
import { isPortal, nameOf, routesOf } from '#test/doors/routes.ts'

const file = join(root, 'docs', 'permissions.md')
const rows = () =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()))

const holders = (permission: string) =>
  PRESET_NAMES.filter((preset) => PRESETS[preset].some((held) => held === permission)).join(', ')

test('the page of permissions names each one, what it opens, and the presets that hold it', () => {
  expect(rows().map(([, name, , presets]) => [name, presets])).toEqual(
    PERMISSIONS.map((permission) => [`\`${permission}\``, holders(permission)]),
  )
  for (const [, name, opens] of rows()) expect(opens, name).toMatch(/\w/)
})

test('… and what each route of the portal asks for (UPDATE_PERMISSIONS=1 writes it)', () => {
  const routes = routesOf(createApp(siteOf(readEnv({}))))
    .filter(isPortal)
    .map((route) => `- \`${nameOf(route)}\`: \`${route.permissions.join(', ')}\``)
  const text = readFileSync(file, 'utf8')
  const head = text.slice(0, text.indexOf('\n- ') + 1 || text.length)
  const should = `${head}${routes.join('\n')}\n`
  if (process.env.UPDATE_PERMISSIONS) writeFileSync(file, should)
  expect(readFileSync(file, 'utf8')).toBe(should)
})
