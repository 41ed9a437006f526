import { describe, expect, test } from '@jest/globals'
import { serve } from './serve.js'

const en = { 'accept-language': 'en' }

describe('the Host of a request', () => {
  const known = ['127.0.0.1', '192.0.2.7:8088', '[::1]:8088', 'localhost:9', 'nas', 'NAS:80', 'nas.local', 'chat.lan', 'chat.home.arpa', 'chat.example.org', 'chat.example.org:8088'] // prettier-ignore
  test.each(known)('may be %s', async (host) => {
    const { browser } = await serve({ server: { origins: ['https://chat.example.org'] } })
    expect((await browser().get('/healthz', { host })).status).toBe(200)
  })

  const unknown = ['evil.example', 'evil.example:8088', 'localhost.evil.example', '127.0.0.1.evil.example', 'xchat.example.org', 'evil.local.'] // prettier-ignore
  test.each(unknown)('may not be %s, and the way out is told', async (host) => {
    const { browser } = await serve({ server: { origins: ['https://chat.example.org'] } })
    const answer = await browser().get('/healthz', { host, ...en })
    expect(answer.status).toBe(421)
    expect(answer.text).toContain(`origins[] = http://${host}`)
  })

  const malformed = ['evil.example/x', 'a@127.0.0.1', 'a b', '[::1', '127.0.0.1:99999']
  test.each(malformed)('cannot be %s', async (host) => {
    const { browser } = await serve()
    expect((await browser().get('/healthz', { host })).status).toBe(400)
  })

  test('is not opened by a star: that opens the WebSocket only', async () => {
    const { browser } = await serve({ server: { origins: ['*'] } })
    expect((await browser().get('/healthz', { host: 'evil.example' })).status).toBe(421)
  })
})

describe('an unsafe request', () => {
  const status = async (headers: Record<string, string>, origins: string[] = []) => {
    const { browser } = await serve({ server: { origins } })
    return (await browser().post('/signin', { name: 'Ada' }, headers)).status
  }

  test('of our own page or of no browser is taken', async () => {
    expect(await status({})).toBe(303)
    expect(await status({ 'sec-fetch-site': 'same-origin', origin: 'https://x.example' })).toBe(303)
    expect(await status({ 'sec-fetch-site': 'none' })).toBe(303)
    expect(await status({ host: 'nas:8088', origin: 'http://nas:8088' })).toBe(303)
    expect(await status({ host: 'nas', origin: 'http://nas:80' })).toBe(403)
    expect(await status({ host: 'nas:80', origin: 'http://nas' })).toBe(303)
    expect(await status({ origin: 'https://chat.example' }, ['https://chat.example'])).toBe(303)
  })

  test('of another site is refused', async () => {
    expect(await status({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await status({ 'sec-fetch-site': 'same-site', host: 'nas', origin: 'http://nas' })).toBe(
      403,
    )
    expect(await status({ origin: 'null' })).toBe(403)
    expect(await status({ host: 'nas:8088', origin: 'http://nas:8089' })).toBe(403)
    expect(await status({ host: 'nas', origin: 'http://nas.evil.example' })).toBe(403)
    expect(await status({ host: 'nas', origin: 'http://xnas' })).toBe(403)
    expect(await status({ origin: 'https://evil.example' }, ['*'])).toBe(403)
  })

  test('changes nothing when it is refused', async () => {
    const { browser } = await serve()
    const ada = browser()
    await ada.signIn('Ada')
    const answer = await ada.post('/signout', '', { 'sec-fetch-site': 'cross-site', ...en })
    expect(answer.text).toContain('came from another site')
    expect((await ada.get('/')).status).toBe(200)
  })
})

describe('a proxy in front', () => {
  const spoof = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'chat.lan', 'x-forwarded-proto': 'https' } // prettier-ignore

  test('that nobody listed is not believed, and is not taken for this machine', async () => {
    const { browser } = await serve()
    const ada = browser()
    await ada.signIn('Ada')
    const page = await ada.get('/', spoof)
    expect(page.headers['strict-transport-security']).toBeUndefined()
    expect(page.text).not.toContain('chat.lan')
    expect((await browser().get('/metrics', spoof)).status).toBe(403)
  })

  test('that is listed tells address, scheme and host', async () => {
    const { browser } = await serve({ server: { trust_proxy: ['127.0.0.0/8', '::1'] } })
    const ada = browser()
    await ada.post('/signin', { name: 'Ada' }, { 'x-forwarded-proto': 'https' })
    const page = await ada.get('/', spoof)
    expect(page.headers['strict-transport-security']).toMatch(/^max-age=\d+$/)
    expect(page.headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(page.text).toContain('"share":"https://chat.lan/"')
    expect((await browser().get('/metrics', spoof)).status).toBe(403)
    expect((await browser().get('/metrics', { 'x-forwarded-for': '127.0.0.1' })).status).toBe(200)
  })

  test('hands on what its client made up, which changes nothing', async () => {
    const { browser } = await serve({
      server: { trust_proxy: ['127.0.0.1', '192.0.2.0/24'] },
      limits: { signins_per_window: 1 },
    })
    const from = async (chain: string, name: string) =>
      (await browser().post('/signin', { name }, { 'x-forwarded-for': chain })).status
    expect(await from('10.0.0.1, 203.0.113.9, 192.0.2.1', 'a')).toBe(303)
    expect(await from('10.0.0.2, 203.0.113.9', 'b')).toBe(429)
    expect(await from('203.0.113.9, 203.0.113.10', 'c')).toBe(303)
  })
})

describe('under a base path', () => {
  test('everything is there, and nothing beside it but health', async () => {
    const { browser } = await serve({ server: { base_path: '/x' } })
    const get = async (path: string) => (await browser().get(path)).status

    expect((await browser().get('/x')).headers.location).toBe('/x/')
    expect((await browser().get('/x/')).headers.location).toBe('/x/signin?next=%2F')
    expect(await get('/x/signin')).toBe(200)
    expect(await get('/x/static/css/app.css')).toBe(200)
    expect(await get('/x/chat')).toBe(426)
    for (const path of ['/', '/signin', '/xx/signin', '/chat']) expect(await get(path)).toBe(404)
    for (const path of ['/healthz', '/readyz', '/x/healthz']) expect(await get(path)).toBe(200)
  })

  test('a next with or without it leads to the same page', async () => {
    const { browser } = await serve({ server: { base_path: '/x' } })
    for (const [next, name] of [
      ['/r/猫', 'a'],
      ['/x/r/猫', 'b'],
    ]) {
      const answer = await browser().post('/x/signin', { name, next })
      expect(answer.headers.location).toBe('/x/r/%E7%8C%AB')
    }
  })
})
