const isPage = (path: string) => path === '/portal' || path.startsWith('/portal/')
const isDoor = (path: string) => /^\/portal\/(login|logout)(\/|$)/.test(path)

/**
 * Where to go after signing in: the path of a page of this portal, or undefined. The browser's own parser decides what the
 * text means (`/\evil`, `/%09/evil`, dots), so that it and we can't disagree.
 */
export const returnPath = (given: string | undefined, origin: string): string | undefined => {
  if (!given?.startsWith('/') || given.length > 2_000 || !URL.canParse(given, origin)) return undefined
  const url = new URL(given, origin)
  if (url.origin !== new URL(origin).origin || !isPage(url.pathname) || isDoor(url.pathname)) return undefined
  return url.pathname + url.search
}
