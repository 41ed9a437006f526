import { describe, expect, test } from '@jest/globals'
import { roomPath, shareOf } from '../../src/web/share.js'
import { serve } from './serve.js'

const en = { 'accept-language': 'en' }

async function served(options = {}) {
  const { browser } = await serve(options)
  const ada = browser()
  await ada.signIn('Ada')
  const bo = browser()
  await bo.signIn('Bo')
  return { ada, bo, stranger: browser() }
}

describe('a room’s page', () => {
  test('holds what its script needs, as data that cannot become markup', async () => {
    const { ada } = await served({
      visits: {
        room: async () => ({ access: 'in', name: 'lobby', title: '</script><!--\u2028' }),
      },
    })
    const { text } = await ada.get('/', en)
    const island =
      /<script type="application\/json" id="boot"[^>]*>(.*?)<\/script>/.exec(text)?.[1] ?? ''

    expect(island).not.toMatch(/[<\u2028]/)
    expect(JSON.parse(island)).toMatchObject({
      user: { name: 'Ada', imageid: '3' },
      room: { name: 'lobby', title: '</script><!--\u2028' },
      base: '',
      lang: 'en',
      version: '0.1.0',
      server: 'abcdef0123456789',
      texts: { app: 'Chat room' },
    })
  })

  test('is the same 404 for an absent and for a forbidden room', async () => {
    const { bo } = await served()
    const bare = (text: string) => text.replace(/nonce[-=]"?[\w+/=]+"?/g, '')
    const forbidden = await bo.get('/r/%E7%8C%AB', en)
    const absent = await bo.get('/r/%E7%8B%97', en)

    expect([forbidden.status, absent.status]).toEqual([404, 404])
    expect(bare(forbidden.text)).toBe(bare(absent.text))
    expect(forbidden.text).toContain('Enter the passcode')
  })

  test('opens for who may see the room', async () => {
    const { ada } = await served()
    expect((await ada.get('/r/%E7%8C%AB')).text).toContain('"name":"猫"')
  })

  const odd = [
    '/r/',
    '/r/%',
    '/r/%E0%A4%A',
    '/r/%2e%2e%2f',
    '/r/a/b',
    '/R/lobby',
    '/signin/',
    '/r/__proto__',
  ]
  test.each(odd)('is not at %s', async (path) => {
    const { ada } = await served()
    expect((await ada.get(path)).status).toBe(404)
  })
})

describe('every page', () => {
  test('runs nothing but our own files and what bears its nonce', async () => {
    const { stranger } = await served()
    const { headers, text } = await stranger.get('/signin')
    const policy = String(headers['content-security-policy'])
    const nonce = /script-src 'self' 'nonce-([\w+/=]{24})'/.exec(policy)?.[1] ?? ''

    expect(policy).not.toMatch(/unsafe|\*|data:/)
    for (const rule of [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self' blob:",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]) {
      // prettier-ignore
      expect(policy.split(';')).toContain(rule)
    }
    expect(text).toContain(`nonce="${nonce}"`)
    expect((await stranger.get('/signin')).headers['content-security-policy']).not.toBe(policy)
  })

  test('is kept by no cache, framed by nobody, and taken for nothing else', async () => {
    const { stranger } = await served()
    const { headers } = await stranger.get('/signin')
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin', // `no-referrer` would turn the Origin of our own forms into null
    })
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['cross-origin-opener-policy']).toBeUndefined() // plain http: the browser complains
  })

  test('speaks the language chosen by the person, else the setting, else the browser’s', async () => {
    const langOf = async (language: string, headers: Record<string, string>) => {
      const { browser } = await serve({ server: { language } })
      return /<html lang="([\w-]+)"/.exec((await browser().get('/signin', headers)).text)?.[1]
    }
    expect(await langOf('auto', { 'accept-language': 'fr, en;q=0.8' })).toBe('en')
    expect(await langOf('auto', {})).toBe('zh-CN')
    expect(await langOf('zh-CN', en)).toBe('zh-CN')
    expect(await langOf('zh-CN', { ...en, cookie: 'lang=en' })).toBe('en')
    expect(await langOf('auto', { ...en, cookie: 'lang=tlh' })).toBe('en')
  })

  test('wears the colours chosen by the person', async () => {
    const { stranger } = await served()
    expect((await stranger.get('/signin', { cookie: 'theme=dark' })).text).toContain(
      'data-theme="dark"',
    )
    expect((await stranger.get('/signin', { cookie: 'theme="><x' })).text).not.toContain(
      'data-theme',
    )
  })
})

describe('a refusal', () => {
  test('is a page in the visitor’s words, or JSON for who asks for it', async () => {
    const { stranger } = await served()
    const zh = await stranger.get('/nowhere', { 'accept-language': 'zh' })
    const json = await stranger.get('/nowhere', { ...en, accept: 'application/json' })

    expect(zh.headers['content-type']).toContain('text/html')
    expect(zh.text).toContain('没有这个页面')
    expect(JSON.parse(json.text)).toEqual({
      error: 'There is no such page, or you may not enter it. Please check the address.',
    })
  })

  test('of our own making shows neither stack nor path', async () => {
    const { ada } = await served({
      visits: { room: () => Promise.reject(new Error('SELECT secret FROM users')) },
    })
    const answer = await ada.get('/', en)
    expect(answer.status).toBe(500)
    expect(answer.text).toContain('Something went wrong')
    expect(answer.text).not.toMatch(/SELECT|secret|Error|node_modules|\.ts/)
  })

  test('says which methods an address takes', async () => {
    const { stranger } = await served()
    const answer = await stranger.ask('/signin', { method: 'DELETE' })
    expect([answer.status, answer.headers.allow]).toEqual([405, 'HEAD, GET, POST'])
  })

  test('at the WebSocket’s address asks for an upgrade', async () => {
    const { stranger } = await served()
    const answer = await stranger.get('/chat')
    expect([answer.status, answer.headers.upgrade]).toEqual([426, 'websocket'])
    expect((await stranger.get('/chat/')).status).toBe(404)
  })
})

describe('who watches the server', () => {
  test('hears that it lives and that it serves', async () => {
    const { browser } = await serve({ ready: () => ({ ready: false, reasons: ['store'] }) })
    const health = await browser().get('/healthz')
    const ready = await browser().get('/readyz')
    expect([health.status, health.text]).toEqual([200, 'ok'])
    expect([ready.status, JSON.parse(ready.text)]).toEqual([
      503,
      { ready: false, reasons: ['store'] },
    ])
  })

  test('gets figures on this machine, or with the token', async () => {
    const { browser } = await serve({
      server: { trust_proxy: ['127.0.0.1'], metrics_token: 'a-long-token' },
    })
    const far = { 'x-forwarded-for': '203.0.113.9' }
    const status = async (authorization: string) =>
      (await browser().get('/metrics', { ...far, authorization })).status

    expect((await browser().get('/metrics')).text).toBe('chat_room_up 1\n')
    expect(await status('Bearer a-long-token')).toBe(200)
    expect(await status('Bearer a-long-toke')).toBe(403)
    expect(await status('Bearer ')).toBe(403)
  })

  test('has no token when none is set', async () => {
    const { browser } = await serve()
    const headers = { 'x-forwarded-for': '203.0.113.9', authorization: 'Bearer ' }
    expect((await browser().get('/metrics', headers)).status).toBe(403)
  })
})

describe('the QR code of a room', () => {
  test('is a picture that runs nothing', async () => {
    const { stranger } = await served()
    const { headers, text } = await stranger.get('/share.svg?room=%E7%8C%AB')
    expect(headers['content-type']).toContain('image/svg+xml')
    expect(headers['content-security-policy']).toBe("sandbox; default-src 'none'")
    expect(text).toMatch(/^<svg /)
  })

  test('is not made of what is no room’s name', async () => {
    const { stranger } = await served()
    for (const query of ['room=', `room=${'x'.repeat(161)}`, 'room=a&room=b']) {
      expect((await stranger.get(`/share.svg?${query}`)).status).toBe(404)
    }
    expect(
      (await stranger.get(`/share.svg?room=${encodeURIComponent('猫'.repeat(160))}`)).status,
    ).toBe(200)
  })

  const ask = (host: string, listening = '0.0.0.0', addresses = ['192.168.1.5', '2001:db8::5']) =>
    shareOf({ protocol: 'http', host }, roomPath('猫'), '/x', listening, addresses)
  const room = '/x/r/%E7%8C%AB'

  test('holds the address of the address bar, unless that means each machine itself', () => {
    expect(ask('nas:8088')).toEqual({ url: `http://nas:8088${room}`, reach: 'same' })
    for (const here of ['localhost:8088', '127.0.0.1:8088', '[::1]:8088'])
      expect(ask(here)).toEqual({ url: `http://192.168.1.5:8088${room}`, reach: 'other' })
    expect(ask('localhost', '::', ['2001:db8::5']).url).toBe(`http://[2001:db8::5]${room}`)
  })

  test('says when no other machine gets here', () => {
    const url = `http://localhost:8088${room}`
    expect(ask('localhost:8088', '127.0.0.1')).toEqual({ url, reach: 'closed' })
    expect(ask('localhost:8088', '0.0.0.0', ['2001:db8::5'])).toEqual({ url, reach: 'alone' })
  })
})
