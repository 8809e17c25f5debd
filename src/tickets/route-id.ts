/** An id in a route is a UUID, so that anything else is a 404 before a query is made. */
export const ID = ':id{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}}'
