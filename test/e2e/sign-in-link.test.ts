import { connect } from 'node:net'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { paths } from '#src/paths.ts'
import { databaseHash } from '#src/sign-in/test-ground.ts'
import { hasBrowser, mailTo, type Portal, portal, secretsOf } from '#test/e2e/portal.ts'

/** Every request of a page, as `POST http://…`. */
const requestsOf = (page: Page) => {
  const requests: string[] = []
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
  return requests
}

/** What the server says to a request as it stands on the wire. */
const raw = (port: number, lines: string[]) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`))
    let answer = ''
    socket.on('data', (data) => {
      answer += data
    })
    socket.on('end', () => resolve(answer)).on('error', reject)
  })

describe.skipIf(!hasBrowser)('the page of a link', () => {
  let here: Portal
  beforeAll(async () => {
    here = await portal()
  })

  const asked = async (email: string) => {
    const { page } = await here.open()
    await page.goto(paths.login())
    await page.getByLabel('Work e-mail').fill(email)
    await page.getByRole('button', { name: 'E-mail me a code' }).click()
    await page.waitForURL(/login\/code/)
    return { page, ...secretsOf((await mailTo(email)).text) }
  }

  it('ML-01 ML-02 ML-16 sends nothing by itself, in no hurry and to nobody else; one press is one POST', async () => {
    const { page, link } = await asked(here.world.bob.email)
    const before = await databaseHash()
    const requests = requestsOf(page)
    await page.clock.install()
    for (let visit = 0; visit < 3; visit++) {
      await page.goto('about:blank')
      await page.goto(link, { waitUntil: 'load' })
      await page.mouse.move(200, 200)
      await page.keyboard.press('Tab')
      await page.clock.runFor(120_000)
    }
    expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([])
    const outside = requests.filter(
      (request) => !request.includes('about:') && !request.startsWith(`GET ${here.origin}/`),
    )
    expect(outside).toEqual([])
    expect(await databaseHash()).toBe(before)
    expect(await page.evaluate(() => location.hash)).toBe('')

    await page.getByRole('button', { name: 'Continue' }).dblclick()
    await page.waitForURL(here.origin + paths.home())
    expect(requests.filter((request) => request.startsWith('POST '))).toHaveLength(1)
    await page.goBack()
    expect(await page.content()).not.toContain(link.split('#t=')[1])
  })

  it('ML-08 opened on another device it signs in neither of the two, and the code does', async () => {
    const { page: first, link, code } = await asked(here.world.amir.email)
    const { page: second } = await here.open()
    await second.goto(link)
    await second.getByRole('button', { name: 'Continue' }).click()
    await second.getByText('only in the browser where you asked').waitFor()
    await first.reload()
    expect(first.url()).toContain(paths.loginCode({ request: '' }).split('?')[0])
    await first.locator('input[name=code]').fill(`${code.slice(0, 4)} ${code.slice(4)}`)
    await first.getByRole('button', { name: 'Sign in' }).click()
    await first.waitForURL(here.origin + paths.home())
  })

  it('without scripts it says to type the code', async () => {
    const { page } = await here.open({ javaScriptEnabled: false })
    await page.goto(paths.loginVerify())
    expect(await page.innerText('body')).toContain('type the 8-digit code')
    expect(await page.getByRole('button').count()).toBe(0)
  })

  it('ML-12 a request line with another origin in it changes nothing; a Host that is nobody’s is refused', async () => {
    const { port } = new URL(here.origin)
    const answer = (target: string, host: string) =>
      raw(Number(port), [`GET ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close'])
    const own = await answer(`http://evil.example${paths.login()}`, `localhost:${port}`)
    expect(own).toMatch(/^HTTP\/1\.1 200 /)
    expect(own).not.toContain('evil.example')
    expect(await answer(paths.login(), 'evil.example')).toMatch(/^HTTP\/1\.1 421 /)
    expect(await answer(`${here.origin}${paths.login()}`, 'evil.example')).toMatch(/^HTTP\/1\.1 421 /)
  })
})
