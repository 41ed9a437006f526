import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from '@jest/globals'
import { signature, slackSignature } from '../../src/gateways/webhook-out/sign.js'
import { lobby } from '../helpers/lobby.js'

interface Received {
  headers: IncomingMessage['headers']
  body: string
}
type Answer = (response: ServerResponse, nth: number) => unknown

const open: Server[] = []
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

/** A program elsewhere, which answers so, and a lobby with Ada whose bot `ci` sends to it. */
async function behind(answer: Answer, section: Record<string, string> = {}) {
  const received: Received[] = []
  let came: (one: Received) => void = () => undefined
  const first = new Promise<Received>((resolve) => (came = resolve))
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const one = { headers: request.headers, body }
      received.push(one)
      came(one)
      answer(response, received.length)
    })
  })
  open.push(server.listen(0, '127.0.0.1'))
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/bot`
  const plugins = { 'bot:ci': { use: 'webhook-out', url, secret: 'tea', ...section } }
  const world = await lobby({ people: ['ada', 'bob'], lang: 'en', plugins })
  return { world, received, first }
}

const say =
  (words: string, type = 'text/plain', status = 200): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': type }).end(words)

test('a line that calls the bot is sent, signed, without its name, and the answer is the bot’s', async () => {
  const { world, received } = await behind(say('All **green**.'))
  const { seq = 0 } = await world.ada.says('@ci how is "main"?')
  await world.ada.next((frame) => frame.type === 'chat' && frame.data === 'All **green**.')
  const [{ body, headers } = { body: '', headers: {} }] = received
  expect(JSON.parse(body)).toMatchObject({
    bot: { name: 'ci' },
    user: { id: world.ada.user.id, name: 'ada' },
    room: { name: 'lobby', path: '/r/lobby' },
    message: {
      id: seq,
      body: { plain: 'how is "main"?', html: 'how is &quot;main&quot;?' },
      path: `/r/lobby#m${seq}`,
    },
  })
  const id = String(headers['webhook-id'])
  const at = Number(headers['webhook-timestamp'])
  expect(headers).toMatchObject(signature({ id, at, body }, 'tea'))
  await world.ada.says('CI，and now?')
  await world.ada.next((frame) => frame.type === 'chat' && frame.data === 'All **green**.')
  expect(JSON.parse(received[1]?.body ?? '')).toMatchObject({
    message: { body: { plain: 'and now?' } },
  })
})

test('lines that do not call it are not sent', async () => {
  const { world, received } = await behind(say('yes'))
  await world.ada.says('nothing for a bot')
  await world.ada.says('@ci now')
  await world.ada.next((frame) => frame.type === 'chat' && frame.data === 'yes')
  expect(received).toHaveLength(1)
})

test('an empty answer says nothing, and a wrong kind is noted for the host', async () => {
  const { world } = await behind((response, nth) =>
    nth === 1
      ? response.writeHead(204).end()
      : say('<b>hi</b>', nth === 2 ? 'text/html' : 'text/plain')(response, nth),
  )
  await world.ada.says('@ci one')
  await world.ada.says('@ci two')
  await world.ada.says('@ci three')
  await world.ada.next((frame) => frame.type === 'chat' && frame.user.name === 'ci')
  expect(await world.ada.hears()).toEqual([
    'ada: @ci one',
    'ada: @ci two',
    'ada: @ci three',
    'ci: <b>hi</b>',
  ])
})

test('an answer in events grows before everybody’s eyes, and is one line', async () => {
  const { world } = await behind((response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('event: meta\ndata: {}\n\nevent: text\ndata: {"text": "All "}\n\n')
    response.end('event: text\ndata: {"text": "green."}\n\nevent: done\ndata: {}\n\n')
  })
  await world.ada.says('@ci how is it?')
  await world.ada.next((frame) => frame.type === 'delta')
  await world.ada.next((frame) => frame.type === 'chat' && frame.data === 'All green.')
})

test('an event without end is not read to its end', async () => {
  const MOST = 200
  let pieces = 0
  let over: () => void = () => undefined
  const isOver = new Promise<void>((resolve) => (over = resolve))
  const { world } = await behind((response) => {
    response.once('close', over)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('event: text\ndata: ')
    const go = () => {
      if (response.destroyed || (pieces += 1) > MOST) return response.end()
      response.write('x'.repeat(65_536), go)
    }
    go()
  })
  await world.ada.says('@ci tell me')
  await isOver
  expect(pieces).toBeLessThan(MOST)
})

test('what passes is tried again under the same id, said once, and the log has each try', async () => {
  const { world, received } = await behind((response, nth) =>
    nth === 1
      ? response.writeHead(503, { 'retry-after': '0' }).end()
      : say('here again')(response, nth),
  )
  await world.ada.says('@ci are you there?')
  await world.ada.next((frame) => frame.type === 'chat' && frame.data === 'here again')
  expect(received).toHaveLength(2)
  expect(received[0]?.headers['webhook-id']).toBe(received[1]?.headers['webhook-id'])
  const log = world.logged.filter((line) => line.includes('delivery')).join()
  expect(log).toMatch(/"try":1,[^}]*"status":503[^]*"try":2,[^}]*"status":200/)
})

test.each<[string, Answer]>([
  ['refuses', say('no', 'text/plain', 401)],
  [
    'leads elsewhere',
    (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  ],
  [
    'wants to be left alone for long',
    (response) => response.writeHead(429, { 'retry-after': '120' }).end(),
  ],
])('if the program %s, who asked is told, and nobody else', async (_, answer) => {
  const { world, received } = await behind(answer)
  await world.ada.says('@ci hello?')
  const told = await world.ada.next((frame) => frame.type === 'whisper')
  expect(told).toMatchObject({ data: expect.stringContaining('did not answer') })
  expect(received).toHaveLength(1)
  expect(world.logged.join()).not.toContain('hello?')
})

test('a command of its own is sent as Slack does, and answered to who typed it alone', async () => {
  const answer = say('{"text": "*deploying*"}', 'application/json')
  const { world, received } = await behind(answer, { 'commands[]': 'deploy' })
  await world.ada.says('/deploy main now')
  const told = await world.ada.next((frame) => frame.type === 'whisper')
  expect(told).toMatchObject({ data: '**deploying**' })
  const [{ body, headers } = { body: '', headers: {} }] = received
  expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
    command: '/deploy',
    text: 'main now',
    user_name: 'ada',
    channel_name: 'lobby',
    response_url: expect.stringMatching(new RegExp(`^${world.url}/hooks/[\\w-]{22}$`)),
  })
  const at = Number(headers['x-slack-request-timestamp'])
  expect(headers).toMatchObject(slackSignature({ at, body }, 'tea'))
})

test('a command may be answered later, five times, to all or to who typed it', async () => {
  const { world, first } = await behind((response) => response.writeHead(200).end(), {
    'commands[]': 'deploy',
  })
  await world.ada.says('/deploy')
  const url = new URLSearchParams((await first).body).get('response_url') ?? ''
  const later = async (body: object) => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    return [response.status, await response.text()]
  }
  expect(await later({ text: 'still at it' })).toEqual([200, 'ok'])
  expect(await later({ text: 'done', response_type: 'in_channel' })).toEqual([200, 'ok'])
  await world.bob.next((frame) => frame.type === 'chat' && frame.data === 'done')
  expect(world.ada.frames).toContainEqual(
    expect.objectContaining({ type: 'whisper', data: 'still at it' }),
  )
  expect(world.bob.frames.some(({ type }) => type === 'whisper')).toBe(false)
  for (let n = 0; n < 3; n += 1) await later({})
  expect(await later({ text: 'too often' })).toEqual([404, 'used_url'])
})

test('a late answer where moderators have turned the bot off is refused by name', async () => {
  const { world, first } = await behind(say(''), { 'commands[]': 'deploy' })
  await world.gives(world.ada, 'host')
  await world.ada.says('/deploy')
  const url = new URLSearchParams((await first).body).get('response_url') ?? ''
  await world.ada.request({ type: 'policy', room: 'lobby', bot: 0, mode: 'off' })
  const late = await fetch(url, {
    method: 'POST',
    body: '{"text":"x","response_type":"in_channel"}',
  })
  expect([late.status, await late.text()]).toEqual([403, 'action_prohibited'])
})

test('a command may be answered for half an hour, and is signed with the server’s time', async () => {
  const { world, first } = await behind(say(''), { 'commands[]': 'deploy' })
  world.passes(3_600_000)
  const sent = Math.floor(Date.now() / 1_000)
  await world.ada.says('/deploy')
  const { body, headers } = await first
  expect(Number(headers['x-slack-request-timestamp'])).toBeGreaterThanOrEqual(sent + 3_600)

  world.passes(30 * 60_000)
  const url = new URLSearchParams(body).get('response_url') ?? ''
  const late = await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'done' }) })
  expect([late.status, await late.text()]).toEqual([404, 'used_url'])
})
