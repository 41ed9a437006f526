import Keygrip from 'keygrip'
import { describe, expect, test } from '@jest/globals'
import { browser as anew, secrets, serve } from './serve.js'

const NAME = 'chat_room_device_abcdef'
const en = { 'accept-language': 'en', accept: 'text/html' }

/** A server that keeps one browser out once its hash is known. */
async function door() {
  const seen: string[] = []
  const held = new Set<string>()
  const served = await serve({
    bannedMs: ({ device }) => {
      if (device !== undefined) seen.push(device)
      return device !== undefined && held.has(device) ? 90_000 : 0
    },
  })
  return { ...served, seen, held }
}

describe('a browser', () => {
  test('is known again by a cookie that signing out leaves alone', async () => {
    const { browser, seen } = await door()
    const ada = browser()
    await ada.signIn('Ada')
    await ada.post('/signout')
    await ada.signIn('Grace')
    await ada.get('/')

    expect(new Set(seen).size).toBe(1)
  })

  test('gets no cookie from a sign-in that is refused', async () => {
    const { browser } = await door()
    const answer = await browser().signIn('')
    expect([answer.status, answer.cookies]).toEqual([422, []])
  })

  test('cannot give itself an id', async () => {
    const { browser, seen } = await door()
    const forged = new Keygrip(['not-a-key-of-this-server-at-all!'], 'sha256').sign(`${NAME}=mine`)
    for (const sig of ['', forged]) {
      await browser().get('/signin', { cookie: `${NAME}=mine; ${NAME}.sig=${sig}` })
    }
    expect(seen).toEqual([])
  })

  test('stays known while the older key is still good, and is signed anew at the next sign-in', async () => {
    const { browser, seen } = await door()
    const sig = new Keygrip([secrets[1] ?? ''], 'sha256').sign(`${NAME}=mine`)
    const cookie = `${NAME}=mine; ${NAME}.sig=${sig}`
    const looked = await browser().get('/signin', { cookie })
    const { cookies } = await browser().post('/signin', { name: 'Ada' }, { cookie })

    expect([seen.length, looked.cookies]).toEqual([2, []])
    expect(cookies[0]).toMatch(/^chat_room_device_abcdef=mine; .*expires=.*httponly$/i)
  })
})

describe('who is banned', () => {
  test.each(['/', '/signin', '/r/x', '/api/nickname'])('reads one sentence at %s', async (path) => {
    const { browser, seen, held } = await door()
    const ada = browser()
    await ada.signIn('Ada')
    await ada.get('/')
    held.add(seen[0] ?? '')

    const answer = await ada.get(path, en)
    expect(answer.status).toBe(403)
    expect(answer.headers['refresh']).toBe('90')
    expect(answer.text).toContain(
      'You cannot enter this chat room for now; come back in 2 minutes. If you think this is a mistake, please ask its host.',
    )
  })

  test('is not signed in under another name, and nobody else is kept out', async () => {
    const { browser, seen, held, people, port } = await door()
    const ada = browser()
    await ada.signIn('Ada')
    await ada.get('/')
    held.add(seen[0] ?? '')

    const answer = await ada.signIn('Eve')
    expect([answer.status, answer.cookies]).toEqual([403, []])
    expect(await people.isTaken('Eve')).toBe(false)
    expect((await anew(port).signIn('Eve')).status).toBe(200)
  })

  test('still gets the drawings of the page that says so', async () => {
    const { browser, seen, held } = await door()
    const ada = browser()
    await ada.signIn('Ada')
    await ada.get('/')
    held.add(seen[0] ?? '')
    expect((await ada.get('/favicon.ico')).status).toBe(200)
  })
})
