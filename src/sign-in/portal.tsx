import { Hono } from 'hono'
import { deleteCookie, getCookie } from 'hono/cookie'
import { z } from 'zod'
import { asSystem } from '#src/db/scope.ts'
import { paths } from '#src/paths.ts'
import { openToken } from '#src/secret.ts'
import { ask } from '#src/sign-in/ask.ts'
import { enterCode, typedCode } from '#src/sign-in/codes.ts'
import { consume, type Entry, type Refusal } from '#src/sign-in/consume.ts'
import { endSession } from '#src/sign-in/endings.ts'
import { letIn, visitOf } from '#src/sign-in/entry.ts'
import { browserHash } from '#src/sign-in/links.ts'
import { returnPath } from '#src/sign-in/next.ts'
import { CodePage } from '#src/sign-in/pages/code.tsx'
import { LinkPage } from '#src/sign-in/pages/link.tsx'
import { LoginPage } from '#src/sign-in/pages/login.tsx'
import { OverPage } from '#src/sign-in/pages/over.tsx'
import { ownRequest } from '#src/sign-in/requests.ts'
import { readSession } from '#src/sign-in/session.ts'
import type { PortalEnv, PublicContext, PublicEnv } from '#src/web/context.ts'
import { problem } from '#src/web/errors.tsx'
import { flash, render, takeFlash } from '#src/web/render.tsx'
import { signedIn } from '#src/web/scope.ts'

export const signIn = new Hono<PublicEnv>()

/** The tenant that the address names: the next page's address names it again. */
const slugOf = (c: PublicContext) => (c.req.query('tenant') ? c.var.view.tenant?.slug : undefined)

const SENTENCES = [
  'signIn.signedOut.done',
  'signIn.everywhere.done',
  'signIn.ended.done',
  'signIn.code.again.done',
] as const

/** The sentence that a redirect left: one of ours, because a cookie can be forged. */
const readFlash = (c: PublicContext) => {
  const left = takeFlash(c)
  const key = SENTENCES.find((sentence) => sentence === left)
  if (key) c.var.view.flash = c.var.view.t(key)
}

signIn.get('/', async (c) => {
  const next = returnPath(c.req.query('next'), c.var.site.origin)
  const session = await readSession(getCookie(c, c.var.site.cookies.session))
  if (session) return c.redirect(next ?? paths.home(), 303)
  readFlash(c)
  return render(c, <LoginPage slug={slugOf(c)} next={next} />)
})

signIn.post('/', async (c) => {
  const [typed, next] = [c.var.form.get('email'), c.var.form.get('next')]
  const asked = await ask(c, typed, next)
  if ('minutes' in asked) return problem(c, 429, { minutes: asked.minutes })
  if ('problem' in asked)
    return render(c, <LoginPage slug={slugOf(c)} next={next} typed={typed} problem={asked.problem} />, 422)
  if (c.var.form.get('again')) flash(c, 'signIn.code.again.done')
  return c.redirect(paths.loginCode({ request: asked.request, tenant: slugOf(c) }), 303)
})

/** The request whose page this is. One that was never made looks like one of another browser. */
const requestOf = async (c: PublicContext) => {
  const request = z.uuid().safeParse(c.req.query('request')).data
  return request && { request, slug: slugOf(c), own: await ownRequest(request, browserHash(c.var.browser)) }
}

signIn.get('/code', async (c) => {
  const props = await requestOf(c)
  if (!props) return c.redirect(paths.login({ tenant: slugOf(c) }), 303)
  readFlash(c)
  return render(c, <CodePage {...props} />)
})

signIn.post('/code', async (c) => {
  const { t } = c.var.view
  const props = await requestOf(c)
  if (!props) return c.redirect(paths.login({ tenant: slugOf(c) }), 303)
  const code = typedCode(c.var.form.get('code'))
  if (!code) return render(c, <CodePage {...props} problem={t('signIn.code.malformed')} />, 422)
  const { visit, secret } = visitOf(c)
  const result = await enterCode(props.request, code, visit)
  if (result.outcome === 'in') return letIn(c, result, secret)
  if (result.outcome !== 'wrong')
    return render(c, <OverPage {...props} by="code" outcome={result.outcome} />, 422)
  return render(c, <CodePage {...props} problem={t('signIn.code.wrong', { left: result.left })} />, 422)
})

signIn.get('/verify', (c) => {
  c.header('referrer-policy', 'no-referrer')
  c.header('x-robots-tag', 'noindex')
  return render(c, <LinkPage slug={slugOf(c)} />)
})

signIn.post('/verify', async (c) => {
  c.header('referrer-policy', 'no-referrer')
  c.header('x-robots-tag', 'noindex')
  const opened = openToken(c.var.form.get('t'))
  const { visit, secret } = visitOf(c)
  const result: Entry | Refusal = opened
    ? await asSystem('sign-in by link', (db) =>
        consume(db, { tenantId: opened.tenantId, token: opened.hash }, visit),
      )
    : { outcome: 'unknown' }
  if (result.outcome === 'in') return letIn(c, result, secret)
  return render(c, <OverPage slug={slugOf(c)} by="link" outcome={result.outcome} />, 422)
})

export const signOut = new Hono<PortalEnv>()

signOut.post('/', signedIn, async (c) => {
  const { viewer, site, view, address } = c.var
  await endSession(viewer, viewer.sessionId, 'signed-out', address)
  deleteCookie(c, site.cookies.session, { path: '/', secure: site.https })
  // pages that were fetched ahead were hers; what other tabs keep is not ours to clear
  c.header('clear-site-data', '"prefetchCache", "prerenderCache"')
  flash(c, 'signIn.signedOut.done')
  return c.redirect(paths.login({ tenant: view.tenant?.slug }), 303)
})
