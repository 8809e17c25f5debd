/** A route of the running app, with every permission that its guards carry. */
export type Route = { method: string; path: string; permissions: string[] }

const permissionOf = (handler: unknown): string[] =>
  typeof handler === 'function' && 'permission' in handler ? [String(handler.permission)] : []

/** What the app answers, asked of the app: guards and handlers of one route stand together. */
export const routesOf = (app: { routes: { method: string; path: string; handler: unknown }[] }): Route[] => {
  const routes = new Map<string, Route>()
  for (const { method, path, handler } of app.routes) {
    if (method === 'ALL') continue // a door or a middleware, not a page
    const route = routes.get(`${method} ${path}`) ?? { method, path, permissions: [] }
    route.permissions.push(...permissionOf(handler))
    routes.set(`${method} ${path}`, route)
  }
  return [...routes.values()].sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1))
}

/** `GET /portal/tickets/:id`: the name of a route in lists, without the patterns of its parameters. */
export const nameOf = ({ method, path }: Route) =>
  `${method} ${path.replace(/\{(?:[^{}]|\{[^{}]*\})*\}/g, '')}`

export const isPortal = ({ path }: Route) =>
  /^\/portal(\/|$)/.test(path) && !/^\/portal\/(login|welcome|live)(\/|$)/.test(path)

/** Answers that don't end, asked about in src/live. */
export const isStream = ({ path }: Route) => /^\/(portal|staff)\/live$/.test(path)

/** The route's address with its parameters filled in; throws when it has one that nobody told. */
export const fill = (route: Route, values: Record<string, string>) =>
  nameOf(route)
    .replace(/^\w+ /, '')
    .replace(/:(\w+)/g, (_, name: string) => {
      const value = values[name]
      if (value === undefined) throw new Error(`${nameOf(route)}: say what :${name} is`)
      return value
    })
