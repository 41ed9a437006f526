import { expect, test } from '@jest/globals'
import { lobby } from '../helpers/lobby.js'

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString()
const asForm = { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en' }

test('the page of tokens is for the host alone, and does nothing for another site', async () => {
  const world = await lobby({ people: ['ada', 'eve'] })
  await world.gives(world.ada, 'host')
  const post = (cookie: string, headers: Record<string, string> = {}) =>
    world.get('/bots', {
      method: 'POST',
      headers: { ...asForm, cookie, ...headers },
      body: form({ name: 'ci', scopes: 'read' }),
    })
  expect((await world.get('/bots', { headers: { cookie: world.eve.cookie } })).status).toBe(403)
  expect((await world.get('/bots')).headers.get('location')).toBe('/signin?next=%2Fbots')
  expect((await post(world.eve.cookie)).status).toBe(403)
  const { cookie } = world.ada
  expect((await post(cookie, { origin: 'https://evil.example' })).status).toBe(403)
  expect((await post(cookie, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  const page = await (await post(cookie, { origin: world.url })).text()
  expect(page.match(/crt_[\w-]{43}/g)).toHaveLength(4) // alone, and in three lines to try it
  expect(page.match(/class="passes__one"/g)).toHaveLength(1)
})

test('what cannot be is said beside the form, and what was typed is kept', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.gives(world.ada, 'host')
  const tries = [
    [{ name: 'ada', scopes: 'read' }, 'Somebody who is here bears the name'],
    [{ name: '机器人小小鸟', scopes: 'read' }, 'A bot is called'],
    [{ name: 'ci', scopes: 'read', rooms: '../etc/passwd' }, 'There is no room'],
    [{ name: 'ci' }, 'at least one thing'],
  ] as const
  for (const [fields, sentence] of tries) {
    const response = await world.get('/bots', {
      method: 'POST',
      headers: { ...asForm, cookie: world.ada.cookie },
      body: form(fields),
    })
    const page = await response.text()
    expect([
      response.status,
      page.includes(sentence),
      page.includes(`value="${fields.name}"`),
    ]).toEqual([422, true, true])
  }
})

test('a reload, or a second press, shows the same token and makes no other', async () => {
  const world = await lobby({ people: ['ada'] })
  await world.gives(world.ada, 'host')
  const headers = { ...asForm, cookie: world.ada.cookie }
  const fresh = await (await world.get('/bots', { headers })).text()
  const [, once = ''] = /name="once" value="([^"]+)"/.exec(fresh) ?? []
  const send = async (more = {}) => {
    const body = form({ name: 'ci', scopes: 'read', once, ...more })
    return (await world.get('/bots', { method: 'POST', headers, body })).text()
  }
  const pages = await Promise.all([send(), send()])
  const tokens = [...pages, await send()].map((page) => /crt_[\w-]{43}/.exec(page)?.[0])

  expect(new Set(tokens).size).toBe(1)
  expect(pages[0]?.match(/class="passes__one"/g)).toHaveLength(1)
  const [, next = ''] = /name="once" value="([^"]+)"/.exec(pages[0] ?? '') ?? []
  expect(await send({ once: next })).not.toContain(tokens[0])
})
