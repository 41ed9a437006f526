import Keygrip from 'keygrip'
import { describe, expect, test } from '@jest/globals'
import { secrets, serve } from './serve.js'

const NAME = 'chat_room_abcdef'
const https = { 'x-forwarded-proto': 'https' }
const behindProxy = { server: { trust_proxy: ['127.0.0.1'] } }

const signed = (value: string, key: string, name = NAME) =>
  `${name}=${value}; ${name}.sig=${new Keygrip([key], 'sha256').sign(`${name}=${value}`)}`

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')
const changed = (value: string, change: object) =>
  encode({ ...JSON.parse(Buffer.from(value, 'base64').toString()), ...change })

describe('the session cookie', () => {
  test('is for this server alone, out of reach of scripts, and signed with SHA-256', async () => {
    const { browser } = await serve()
    const { cookies } = await browser().signIn('Ada')

    const device = NAME.replace('room_', 'room_device_')
    const names = [device, `${device}.sig`, NAME, `${NAME}.sig`]
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(names)
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; path=\/; expires=[^;]+; samesite=lax; httponly$/i)
    }
    expect(cookies[1]).toMatch(/\.sig=[\w-]{43};/)
    expect(Buffer.byteLength(cookies.join())).toBeLessThan(4096)
  })

  test('over https, and only there, carries Secure and the __Host- prefix', async () => {
    const { browser } = await serve(behindProxy)
    const { cookies } = await browser().post('/signin', { name: 'Ada' }, https)
    expect(cookies).toHaveLength(4)
    for (const cookie of cookies) {
      expect(cookie).toMatch(
        /^__Host-chat_room_(device_)?abcdef(\.sig)?=.*; path=\/; .*; secure; httponly$/i,
      )
    }
  })

  test('of plain http is not read over https', async () => {
    const { browser } = await serve(behindProxy)
    const ada = browser()
    await ada.signIn('Ada')
    expect((await ada.get('/')).status).toBe(200)
    expect((await ada.get('/', https)).status).toBe(302)
  })

  test('does not get Secure because a stranger says https', async () => {
    const { browser } = await serve()
    const { cookies } = await browser().post('/signin', { name: 'Ada' }, https)
    expect(cookies.join()).not.toMatch(/secure|__Host-/i)
  })

  test('has the path / wherever the pages are, for its name tells servers apart', async () => {
    const { browser } = await serve({ server: { base_path: '/chatter' } })
    const ada = browser()
    const { cookies, headers } = await ada.post('/chatter/signin', { name: 'Ada' })
    expect(headers.location).toBe('/chatter/')
    expect(cookies[0]).toContain('path=/;')
    expect((await ada.get('/chatter/')).status).toBe(200)
  })

  test('is renewed when half of its life is over, and not before', async () => {
    const { browser } = await serve()
    const ada = browser()
    await ada.signIn('Ada')
    expect((await ada.get('/')).cookies).toEqual([])

    const fortnight = Date.now() + 14 * 86_400_000
    const aged = changed(ada.jar.get(NAME) ?? '', { _expire: fortnight })
    const answer = await browser().get('/', { cookie: signed(aged, secrets[0] ?? '') })
    expect(answer.status).toBe(200)
    expect(answer.cookies).toHaveLength(2)
  })
})

describe('after the secrets were rotated', () => {
  test('a cookie of the older key is good, and is signed anew whole', async () => {
    const { browser } = await serve()
    const ada = browser()
    await ada.signIn('Ada')
    const cookie = signed(ada.jar.get(NAME) ?? '', secrets[1] ?? '')
    const answer = await browser().get('/', { cookie })

    expect(answer.status).toBe(200)
    expect(answer.cookies).toHaveLength(2)
    for (const part of answer.cookies) expect(part).toMatch(/expires=.*samesite=lax; httponly$/i)
  })

  test('a cookie of a key that is gone is nobody’s', async () => {
    const { browser } = await serve()
    const ada = browser()
    await ada.signIn('Ada')
    const cookie = signed(ada.jar.get(NAME) ?? '', 'a-key-that-was-never-in-the-list!!')
    expect((await browser().get('/', { cookie })).status).toBe(302)
  })
})

describe('a cookie that is not as we wrote it is nobody’s, and no fault of the server', () => {
  const key = secrets[0] ?? ''
  const cookies: Record<string, (value: string, sig: string) => string> = {
    'without a signature': (value) => `${NAME}=${value}`,
    'with a changed value': (value, sig) => `${NAME}=A${value.slice(1)}; ${NAME}.sig=${sig}`,
    'with a changed signature': (value, sig) =>
      `${NAME}=${value}; ${NAME}.sig=${sig.startsWith('A') ? 'B' : 'A'}${sig.slice(1)}`,
    truncated: (value, sig) => `${NAME}=${value.slice(0, 20)}; ${NAME}.sig=${sig}`,
    'of 8 KB': (_, sig) => `${NAME}=${'x'.repeat(8000)}; ${NAME}.sig=${sig}`,
    'of 8 KB, signed': () => signed('x'.repeat(8000), key),
    'signed, but no JSON': () => signed('AAAA', key),
    'signed null': () => signed(encode(null), key),
    'signed number': () => signed(encode(5), key),
    'signed sid of another type': () => signed(encode({ sid: { length: 43 } }), key),
    'signed __proto__': () =>
      signed(Buffer.from('{"__proto__":{"sid":"x"}}').toString('base64'), key),
    expired: (value) => signed(changed(value, { _expire: Date.now() - 1 }), key),
    'under a wrong name': (value) => signed(value, key, 'chat_room_abcdee'),
    'twice, the first one forged': (value, sig) =>
      `${NAME}=x; ${NAME}=${value}; ${NAME}.sig=${sig}`,
    'broken syntax': () => `;;;=;${NAME}; ${NAME}=="`,
  }

  test.each(Object.keys(cookies))('%s', async (kind) => {
    const { browser } = await serve()
    const ada = browser()
    await ada.signIn('Ada')
    const [value = '', sig = ''] = [NAME, `${NAME}.sig`].map((name) => ada.jar.get(name))
    const cookie = cookies[kind]?.(value, sig) ?? ''

    expect((await browser().get('/', { cookie })).status).toBe(302)
    expect((await browser().get('/', { cookie: `${NAME}=${value}; ${NAME}.sig=${sig}` })).status).toBe(200) // prettier-ignore
  })
})
