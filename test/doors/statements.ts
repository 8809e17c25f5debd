const TABLE =
  /\b(from|join|into|(?<!do )update)\s+"?([a-z_]+)"?(?:\s+(?:as\s+)?"?(?!on\b|where\b|set\b|values\b|using\b|left\b|inner\b|order\b|group\b|limit\b|for\b)([a-z_]+)"?)?/gi

/** Tables (by the name they have in the statement) whose tenant a statement doesn't fix. */
export const unnamed = (sql: string): string[] => {
  const targets = [...sql.matchAll(TABLE)].map(([, verb = '', table = '', alias]) => ({
    verb: verb.toLowerCase(),
    table,
    name: alias ?? table,
  }))
  return targets
    .filter(({ verb, table, name }) => {
      if (verb === 'into') return !new RegExp(`into "${table}" \\([^)]*"tenant_id"`).test(sql)
      return !new RegExp(`\\b${name}"?\\."?tenant_id"? = \\$`).test(sql)
    })
    .map(({ name }) => name)
}
