import { createHmac } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { lobby, type World } from '../helpers/lobby.js'

const TOKEN = 'a-token-of-twenty-22-x'

/** A lobby with Ada in it, and the bot `ci` that a hook speaks as. */
const hooked = (section: Record<string, string> = {}, config: Record<string, string> = {}) =>
  lobby({
    people: ['ada'],
    config,
    plugins: { 'bot:ci': { use: 'webhook-in', token: TOKEN, ...section } },
  })

async function send(
  { url }: World,
  path: string,
  body: string | object,
  headers: Record<string, string> = {},
) {
  const json = typeof body !== 'string'
  const response = await fetch(url + path, {
    method: 'POST',
    body: json ? JSON.stringify(body) : body,
    headers: { 'content-type': json ? 'application/json' : 'text/plain', ...headers },
  })
  const { status, headers: answered } = response
  return { status, type: answered.get('content-type'), body: await response.text(), answered }
}

test('a line that is sent to a hook is durable when the answer comes, as exactly ok', async () => {
  const world = await hooked()
  expect(await send(world, `/hooks/${TOKEN}`, { text: '*built* in 3 s' })).toMatchObject({
    status: 200,
    type: 'text/plain; charset=utf-8',
    body: 'ok',
  })
  expect(await world.ada.hears()).toEqual(['ci: **built** in 3 s'])
})

test('tools that build the rest of an address themselves find the ones they know', async () => {
  const world = await hooked()
  for (const [path, body, status, answer] of [
    [`/hooks/T1/B1/${TOKEN}`, { text: 'one' }, 200, 'ok'],
    [`/services/T1/B1/${TOKEN}`, { text: 'two' }, 200, 'ok'],
    [`/api/webhooks/1/${TOKEN}`, { content: 'three' }, 204, ''],
    [`/api/v10/webhooks/1/${TOKEN}`, { content: 'four' }, 204, ''],
    [`/api/webhooks/1/${TOKEN}/slack`, { text: 'five' }, 200, 'ok'],
  ] as const)
    expect(await send(world, path, body)).toMatchObject({ status, body: answer })
  expect((await world.ada.hears()).join()).toBe('ci: one,ci: two,ci: three,ci: four,ci: five')
})

test('words alone are the line, as curl -d sends them', async () => {
  const world = await hooked()
  expect(await send(world, `/hooks/${TOKEN}`, 'the tea is ready')).toMatchObject({ body: 'ok' })
  expect(await world.ada.hears()).toEqual(['ci: the tea is ready'])
})

test('who asks Discord to wait gets the message', async () => {
  const world = await hooked()
  const { status, body } = await send(world, `/hooks/${TOKEN}/discord?wait=true`, { content: 'hi' })
  expect([status, JSON.parse(body)]).toEqual([200, expect.objectContaining({ content: 'hi' })])
})

test('in Discord’s form a hook asks for its message, edits it under the same name, and takes it back', async () => {
  const world = await hooked()
  const path = `/api/v10/webhooks/1/${TOKEN}`
  const { seq: adas } = await world.ada.says('mine')
  const line = { content: 'building', username: 'Jenkins' }
  const { id } = JSON.parse((await send(world, `${path}?wait=true`, line)).body)
  const act = async (method: string, message: string | number, body?: object) => {
    const init = { method, ...(body && { body: JSON.stringify(body) }) }
    const answer = await world.get(`${path}/messages/${message}`, init)
    return { status: answer.status, json: JSON.parse((await answer.text()) || '{}') }
  }

  expect(await act('PATCH', id, { content: 'built' })).toMatchObject({ json: { content: 'built' } })
  expect(await act('GET', id)).toMatchObject({
    json: {
      id,
      content: 'built',
      author: { username: 'Jenkins' },
      edited_timestamp: expect.any(String),
    },
  })
  expect(await act('DELETE', id)).toEqual({ status: 204, json: {} })
  expect(await world.ada.hears()).toEqual([
    'ada: mine',
    'ci: **Jenkins**\nbuilding',
    'ci: **Jenkins**\nbuilt',
    'ci: ',
  ])
  const unknown = { status: 404, json: { code: 10_008, message: 'Unknown Message' } }
  for (const message of [id, Number(id) - 2 + (adas ?? 0), 7, 'x'])
    expect(await act('PATCH', message, { content: 'x' })).toEqual(unknown)
})

test('it has its messages where nobody is as well', async () => {
  const world = await lobby({ plugins: { 'bot:ci': { use: 'webhook-in', token: TOKEN } } })
  const path = `/api/webhooks/1/${TOKEN}`
  const { id } = JSON.parse((await send(world, `${path}?wait=true`, { content: 'built' })).body)
  const found = await world.get(`${path}/messages/${id}`)
  expect(await found.json()).toMatchObject({ id, content: 'built' })
})

test('who writes in Discord’s form is refused in it', async () => {
  const world = await hooked()
  const said = async (body: object, token = TOKEN) => {
    const answer = await send(world, `/api/webhooks/1/${token}`, body)
    return [answer.status, JSON.parse(answer.body || '{}')]
  }
  expect(await said({ content: '' })).toEqual([400, expect.objectContaining({ code: 50_006 })])
  expect(await said({ content: 'x' }, 'another-token-of-twenty')).toEqual([
    404,
    { code: 10_015, message: 'Unknown Webhook' },
  ])
  for (let n = 0; n < 5; n += 1) await said({ content: 'x' })
  expect(await said({ content: 'x' })).toEqual([
    429,
    { message: 'rate_limited', retry_after: 1, global: false },
  ])
})

test('a wrong token is no service, whatever is behind it, and nothing is said', async () => {
  const world = await hooked()
  const wrong = 'another-token-of-twenty'
  for (const path of [`/hooks/${wrong}`, `/hooks/${wrong}/github`, '/hooks/x'])
    expect(await send(world, path, { text: 'x' })).toMatchObject({
      status: 404,
      body: 'no_service',
    })
  expect(await world.ada.hears()).toEqual([])
})

test.each([
  ['nothing to show', { attachments: [{ color: 'good' }] }, 400, 'no_text'],
  ['broken JSON', '{"text":', 400, 'invalid_payload'],
  ['more than 256 KiB', `{"text":"${'x'.repeat(262_144)}"}`, 413, 'too_large'],
])('%s is refused by name', async (_, body, status, fault) => {
  const world = await hooked()
  expect(await send(world, `/hooks/${TOKEN}`, body)).toMatchObject({ status, body: fault })
})

test('the same line with the same key is said once', async () => {
  const world = await hooked()
  const key = { 'idempotency-key': 'build-17' }
  for (let n = 0; n < 3; n += 1)
    expect(await send(world, `/hooks/${TOKEN}`, { text: 'built' }, key)).toMatchObject({
      body: 'ok',
    })
  expect(await world.ada.hears()).toEqual(['ci: built'])
  expect(await send(world, `/hooks/${TOKEN}`, { text: 'failed' }, key)).toMatchObject({
    status: 409,
  })
})

test('the same alert again and again is said each time, and what is too fast is to come back', async () => {
  const world = await hooked()
  const answers = []
  for (let n = 0; n < 6; n += 1)
    answers.push(await send(world, `/hooks/${TOKEN}`, { text: 'disk' }))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])
  expect(answers[5]?.answered.get('retry-after')).toBe('1')
  expect(await world.ada.hears()).toHaveLength(5)
})

test('with a secret only what GitHub signed is taken', async () => {
  const world = await hooked({ secret: 'tea' })
  const event = JSON.stringify({ zen: 'Keep it simple.', sender: { login: 'ada' } })
  const of = (secret: string, text = event) =>
    `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`
  const sends = (signature: string) =>
    send(world, `/hooks/${TOKEN}/github`, event, { 'x-github-event': 'ping', 'x-hub-signature-256': signature }) // prettier-ignore
  for (const wrong of [
    '',
    'sha256=',
    of('coffee'),
    of('tea', `${event} `),
    of('tea').slice(0, -1),
    `${of('tea')}0`,
  ])
    expect([wrong, await sends(wrong)]).toMatchObject([
      wrong,
      { status: 403, body: 'bad_signature' },
    ])
  expect(await sends(of('tea'))).toMatchObject({ status: 204 })
  expect(await world.ada.hears()).toEqual([expect.stringContaining('Keep it simple.')])
})

test('a sender may name itself, and choose a room if the host lets it', async () => {
  const world = await hooked({ choose: 'yes', 'rooms[]': 'ops' }, { 'rooms.names': 'ops' })
  await world.ada.join('ops')
  const line = { text: 'disk', username: 'Grafana' }
  expect(await send(world, `/hooks/${TOKEN}`, { ...line, channel: '#ops' })).toMatchObject({
    body: 'ok',
  })
  expect(await send(world, `/hooks/${TOKEN}`, { ...line, channel: '#lobby' })).toMatchObject({
    status: 404,
    body: 'channel_not_found',
  })
  expect(await world.ada.hears('ops')).toEqual(['ci: **Grafana**\ndisk'])
})

test('where moderators have a bot silent, or a room is archived, its sender reads so', async () => {
  const world = await hooked({ 'rooms[]': 'ops' }, { 'rooms.names': 'ops' })
  await world.gives(world.ada, 'mod')
  await world.ada.join('ops')
  const line = () => send(world, `/hooks/${TOKEN}`, { text: 'disk' })
  await world.ada.request({ type: 'policy', room: 'ops', bot: 0, mode: 'off' })
  expect(await line()).toMatchObject({ status: 403, body: 'action_prohibited' })
  await world.ada.request({ type: 'policy', room: 'ops', bot: 0, mode: 'active' })
  await world.ada.request({ type: 'room', room: 'ops', set: { archived: true } })
  expect(await line()).toMatchObject({ status: 403, body: 'channel_is_archived' })
  expect(await world.ada.hears('ops')).not.toContain('ci: disk')
})
