import { describe, expect, test } from 'vitest'
import { BadEnvironment, readEnv } from '#src/env.ts'

const violations = (source: Record<string, string>) => {
  try {
    readEnv(source)
  } catch (error) {
    if (error instanceof BadEnvironment) return error.violations
    throw error
  }
  return []
}

describe('the environment', () => {
  test('may be empty', () => {
    expect(readEnv({})).toMatchObject({
      MODE: 'production',
      HOST: '127.0.0.1',
      PORT: 3000,
      DATA_DIR: 'data',
      TRUSTED_PROXIES: '',
      DATABASE_POOL: 10,
    })
    expect(readEnv({}).PUBLIC_URL.origin).toBe('http://localhost:3000')
    expect(readEnv({ PORT: '8080' }).PUBLIC_URL.origin).toBe('http://localhost:8080')
    expect(readEnv({ MODE: 'demo' }).PROCESSES).toBe(1)
    expect(readEnv({ MODE: 'production' }).PROCESSES).toBeGreaterThanOrEqual(1)
  })

  test('takes an empty value as none', () => {
    expect(readEnv({ PORT: '', APP_SECRET: '', SMTP_URL: '', PUBLIC_URL: '' })).toEqual(readEnv({}))
  })

  const BAD: [string, string, string][] = [
    ['MODE', 'live', 'production'],
    ['PORT', '65536', '65535'],
    ['PUBLIC_URL', 'http://portal.example.com', 'must be https, except on localhost'],
    ['PROCESSES', '0', '1'],
    ['TRUSTED_PROXIES', '10.0.0.0/8, proxy.example', 'must be addresses or ranges'],
    ['APP_SECRET', 'short', 'must have at least 32 characters'],
    ['DATABASE_URL', 'mysql://x', 'must start with postgres://'],
    ['DATABASE_DIRECT_URL', 'x', 'must start with postgres://'],
    ['DATABASE_URL_PORTAL', 'x', 'must start with postgres://'],
    ['DATABASE_POOL', '1', '2'],
    ['SMTP_URL', 'mail.example.com', 'must start with smtp:// or smtps://'],
    ['MAIL_FROM', 'nobody', 'must be an e-mail address'],
    ['METRICS_TOKEN', 'short', 'must have at least 16 characters'],
    ['LOG_LEVEL', 'loud', 'info'],
  ]

  test('that can not be used is told all at once, a line for each setting', () => {
    const found = violations(Object.fromEntries(BAD.map(([name, value]) => [name, value])))
    expect(found.map((line) => line.split(':')[0])).toEqual(BAD.map(([name]) => name))
    for (const [index, [, value, words]] of BAD.entries()) {
      expect(found[index]).toContain(words)
      if (value.length > 2) expect(found[index]).not.toContain(value) // a secret may stand in the wrong place
    }
  })

  test('is told in a sentence for the operator', () => {
    expect(() => readEnv({ PORT: 'x', APP_SECRET: 'x' })).toThrow(
      /^The environment has 2 setting\(s\) that can't be used:\n {2}PORT: .*\n {2}APP_SECRET: /,
    )
  })

  test.each([
    ['PUBLIC_URL', 'https://portal.example.com/portal'],
    ['PUBLIC_URL', 'https://portal.example.com/?x'],
    ['PUBLIC_URL', 'ftp://portal.example.com'],
    ['PUBLIC_URL', 'portal.example.com'],
    ['PUBLIC_URL', 'http://localhost.example.com'],
    ['PORT', '80.5'],
    ['PORT', '-1'],
    ['TRUSTED_PROXIES', '10.0.0'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '*'],
  ])('%s=%s is refused', (name, value) => {
    expect(violations({ [name]: value })).toHaveLength(1)
  })

  test.each([
    ['PUBLIC_URL', 'http://127.0.0.1:3000'],
    ['PUBLIC_URL', 'https://portal.example.com'],
    ['TRUSTED_PROXIES', '10.0.0.0/8, 192.0.2.1,::1, fd00::/8,'],
    ['DATABASE_URL', 'postgresql://owner@db/portal'],
  ])('%s=%s is taken', (name, value) => {
    expect(violations({ [name]: value })).toEqual([])
  })
})
