const isPage = (path: string) => path === '/staff' || path.startsWith('/staff/')
const isDoor = (path: string) => /^\/staff\/(login|logout|proof)(\/|$)/.test(path)

/** Where to go after signing in, as `returnPath` of the portal: the path of a page of the staff app, or undefined. */
export const staffReturnPath = (given: string | undefined, origin: string): string | undefined => {
  if (!given?.startsWith('/') || given.length > 2_000 || !URL.canParse(given, origin)) return undefined
  const url = new URL(given, origin)
  if (url.origin !== new URL(origin).origin || !isPage(url.pathname) || isDoor(url.pathname)) return undefined
  return url.pathname + url.search
}
