import { describe, expect, test } from '@jest/globals'
import { serve } from './serve.js'

const json = { accept: 'application/json' }

describe('who is not signed in', () => {
  test('is sent to the door, and remembered where they wanted to go', async () => {
    const { browser } = await serve()
    const front = await browser().get('/')
    const room = await browser().get('/r/%E7%8C%AB')

    expect([front.status, front.headers.location]).toEqual([302, '/signin?next=%2F'])
    expect([room.status, room.headers.location]).toEqual([
      302,
      '/signin?next=%2Fr%2F%25E7%258C%25AB',
    ])
  })

  test('finds a nickname filled in and a face chosen', async () => {
    const { browser } = await serve()
    const zh = await browser().get('/signin', { 'accept-language': 'zh-CN' })
    const en = await browser().get('/signin', { 'accept-language': 'en-GB' })

    expect(zh.text).toContain('value="欧阳明远"')
    expect(en.text).toContain('value="Merry Otter"')
    expect(en.text.match(/ checked/g)).toHaveLength(1)
  })

  test.each(['zh-CN', 'en'])('hears what is to be seen of each face, in %s', async (lang) => {
    const { browser } = await serve()
    const page = await browser().get('/signin', { 'accept-language': lang })
    const heard = [...page.text.matchAll(/name="imgid"[^>]* aria-label="([^"]+)"/g)]
    expect(new Set(heard.map(([, name]) => name)).size).toBe(27)
  })

  test('may roll another nickname', async () => {
    const { browser } = await serve()
    const rolled = await browser().get('/api/nickname', { 'accept-language': 'zh' })
    expect(JSON.parse(rolled.text)).toEqual({ name: '欧阳明远' })
  })

  test('gets a door without a name when no nickname comes', async () => {
    const { browser } = await serve({ nickname: () => Promise.reject(new Error('no plugin')) })
    expect((await browser().get('/signin')).status).toBe(200)
    const rolled = await browser().get('/api/nickname', { 'accept-language': 'en' })
    expect(rolled.status).toBe(503)
    expect(JSON.parse(rolled.text).error).toContain('make one up')
  })
})

describe('signing in', () => {
  test('by form leads on to where the person wanted to go', async () => {
    const { browser } = await serve()
    const ada = browser()
    const answer = await ada.post('/signin', 'name=Ada&imgid=26&next=%2Fr%2F%25E7%258C%25AB')

    expect([answer.status, answer.headers.location]).toEqual([303, '/r/%E7%8C%AB'])
    expect((await ada.get('/r/%E7%8C%AB')).status).toBe(200)
  })

  test('by JSON answers who one is', async () => {
    const { browser } = await serve()
    const answer = await browser().post('/signin', { name: ' Ａda ', imgid: '0' }, json)
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toEqual({ user: { id: 1, name: 'Ada', imageid: '0' } })
  })

  test('without a face gives one of the 27', async () => {
    const { browser } = await serve()
    const answer = await browser().post('/signin', { name: 'Ada' }, json)
    expect(Number(JSON.parse(answer.text).user.imageid)).toBeLessThan(27)
  })

  test('when signed in leads on, unless to change the name', async () => {
    const { browser } = await serve()
    const ada = browser()
    await ada.signIn('Ada')

    expect((await ada.get('/signin?next=/r/x')).headers.location).toBe('/r/x')
    expect((await ada.get('/signin?change=1')).text).toContain('value="Ada"')
  })

  test('again keeps the id, frees the name, and closes the door behind the old session', async () => {
    const { browser, ended } = await serve()
    const ada = browser()
    const first = JSON.parse((await ada.signIn('Ada')).text)
    const old = browser()
    ada.jar.forEach((value, name) => old.jar.set(name, value))
    const second = JSON.parse((await ada.signIn('Lovelace')).text)

    expect(second.user.id).toBe(first.user.id)
    expect(ended).toHaveLength(1)
    expect((await old.get('/')).status).toBe(302)
    expect((await browser().signIn('Ada')).status).toBe(200)
  })
})

describe('a refused sign-in', () => {
  test('shows the page again, with the sentence beside the field and what was typed', async () => {
    const { browser } = await serve()
    const typed = encodeURIComponent('<b>Тom</b>')
    const answer = await browser().post('/signin', `name=${typed}&imgid=5&next=/r/x`, {
      'accept-language': 'en',
    })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('Please use one alphabet.')
    expect(answer.text).toContain('value="&lt;b&gt;Тom&lt;/b&gt;"')
    expect(answer.text).toMatch(/value="5" checked/)
    expect(answer.text).toContain('value="/r/x"')
    expect(answer.cookies).toEqual([])
  })

  test('tells held and reserved names apart from nothing', async () => {
    const { browser } = await serve()
    await browser().signIn('Ada')
    const held = await browser().signIn('ada')
    const reserved = await browser().signIn('小小鸟')

    expect(held.status).toBe(422)
    expect(JSON.parse(held.text).errors.name).toBeTruthy()
    expect([reserved.status, reserved.text]).toEqual([held.status, held.text])
  })

  const faces = [27, -1, 1.5, '27', '07', '', 'bot', null, [], {}, '1e0'].map((imgid) => ({ name: 'Ada', imgid })) // prettier-ignore
  const names = [{}, [], { name: null }, { name: 5 }, { name: ['Ada'] }, { name: { a: 1 } }]
  test.each([
    ['imgid', 'knows no face', faces],
    ['name', 'needs a name', names],
  ])('names the field that is wrong, %s: it %s', async (field, _, bodies) => {
    const { browser } = await serve()
    const told = []
    for (const body of bodies) {
      const { status, text } = await browser().post('/signin', body, json)
      told.push({ body, status, fields: Object.keys(JSON.parse(text).errors) })
    }
    expect(told).toEqual(bodies.map((body) => ({ body, status: 422, fields: [field] })))
  })

  test('is a plain sentence for what is neither form nor JSON, or too much of it', async () => {
    const { browser } = await serve()
    const status = async (body: string, type: string) =>
      (await browser().post('/signin', body, { 'content-type': type })).status

    expect(await status('{"name":', 'application/json')).toBe(400)
    expect(await status('"Ada"', 'application/json')).toBe(400)
    expect(await status('name', 'multipart/form-data; boundary=x')).toBe(415)
    expect(await status(`name=${'x'.repeat(20_000)}`, 'application/x-www-form-urlencoded')).toBe(
      413,
    )
    expect(await status('{"__proto__":{"name":"Ada"}}', 'application/json')).toBe(400)
  })
})

describe('after signing in', () => {
  const elsewhere = ['//evil.example', '/\\evil.example', 'https://evil.example', '/%2F/evil', '/%5cevil', '/a@b', '/%40', '/%252f', '/\nx', '/%0d%0aSet-Cookie:x', 'javascript:alert(1)', '', 'r/x', '/\u2028'] // prettier-ignore
  test('nobody is led out of the house', async () => {
    const { browser } = await serve()
    const led = []
    for (const [index, next] of elsewhere.entries()) {
      const { status, headers } = await browser().post('/signin', { name: `Ada${index}`, next })
      led.push({ next, status, to: headers.location })
    }
    expect(led).toEqual(elsewhere.map((next) => ({ next, status: 303, to: '/' })))
  })

  test('a next that is no text leads to the front', async () => {
    const { browser } = await serve()
    expect(
      (await browser().post('/signin', { name: 'Ada', next: ['/r/x'] })).headers.location,
    ).toBe('/')
    expect((await browser().get('/signin?next=/a&next=/b')).status).toBe(200)
  })
})

describe('signing out', () => {
  test('ends the session for good: its cookie opens nothing any more', async () => {
    const { browser, ended } = await serve()
    const ada = browser()
    await ada.signIn('Ada')
    const copy = browser()
    ada.jar.forEach((value, name) => copy.jar.set(name, value))
    const answer = await ada.post('/signout')

    expect([answer.status, answer.headers.location]).toEqual([303, '/signin'])
    expect([...ada.jar.keys()].filter((name) => !name.includes('device'))).toEqual([])
    expect(ended).toHaveLength(1)
    expect((await copy.get('/')).status).toBe(302)
  })

  test('cannot be done by a link', async () => {
    const { browser } = await serve()
    const ada = browser()
    await ada.signIn('Ada')
    expect((await ada.get('/signout')).text).toContain('method="post"')
    expect((await ada.get('/')).status).toBe(200)
  })

  test('is no fault of who is not signed in', async () => {
    const { browser } = await serve()
    expect((await browser().post('/signout')).status).toBe(303)
  })
})

describe('too many sign-ins', () => {
  test('from one address are told to wait, and the next address is let in', async () => {
    const { browser } = await serve({
      limits: { signins_per_window: 2 },
      server: { trust_proxy: ['127.0.0.1'] },
    })
    const from = (address: string, name: string) =>
      browser().post('/signin', { name }, { ...json, 'x-forwarded-for': address })

    expect((await from('203.0.113.5', 'a')).status).toBe(200)
    expect((await from('203.0.113.5', 'b')).status).toBe(200)
    const third = await from('203.0.113.5', 'c')
    expect(third.status).toBe(429)
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(500)
    expect(JSON.parse(third.text).errors.name).toContain('10')
    expect((await from('203.0.113.6', 'd')).status).toBe(200)
  })

  test('are counted by the /64 of an IPv6 address', async () => {
    const { browser } = await serve({
      limits: { signins_per_window: 1 },
      server: { trust_proxy: ['127.0.0.0/8'] },
    })
    const from = async (address: string, name: string) =>
      (await browser().post('/signin', { name }, { ...json, 'x-forwarded-for': address })).status

    expect(await from('2001:db8:0:1::1', 'a')).toBe(200)
    expect(await from('2001:db8:0:1:ffff::2', 'b')).toBe(429)
    expect(await from('2001:db8:0:2::1', 'c')).toBe(200)
  })

  test('are ten times as many behind an address of the local network', async () => {
    const { browser } = await serve({ limits: { signins_per_window: 1 } })
    for (const name of 'abcdefghkm') expect((await browser().signIn(name)).status).toBe(200)
    expect((await browser().signIn('n')).status).toBe(429)
  })
})
