import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { askServer } from '../../src/control/ask.js'
import { loadConfig, maskedIni } from '../../src/config.js'
import { countLeaks, type Place } from './leaks.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'
import { Program } from '../helpers/program.js'
import { sidOf } from '../helpers/visitor.js'

/** Every secret that there is, each recognisable, through talk, failures, wrong keys and a restart: where do they turn up? */

const canary = (name: string) => `CANARY-${name}-${randomBytes(12).toString('hex')}`
const configured = {
  'session key': canary('session-key'),
  'older session key': canary('older-session-key'),
  'metrics token': canary('metrics'),
  'model key': canary('openai'),
  app_key: canary('appkey'),
  'webhook secret': canary('out'),
  'hook token': canary('hook'),
  'GitHub secret': canary('github'),
  'OneBot token': canary('onebot'),
  'Satori token': canary('satori'),
  'tools’ key': canary('mcp-header'),
  'tools’ variable': canary('mcp-env'),
  passcode: canary('passcode'),
  'wrong passcode': canary('wrong-passcode'),
  'wrong token': canary('wrong-token'),
}
/** Those that are made while the server runs. */
const made: Record<string, string> = {}

/** What people and programs were sent, and what they were not sent. */
const places: Place[] = []
const note = (where: string, text: string, except: readonly string[] = []) =>
  void places.push({ where, text, except })

/** A service that refuses whatever it is asked, and quotes all that it was sent. */
const asked: string[] = []
const echo = createServer((request, response) => {
  void text(request).then((body) => {
    asked.push(JSON.stringify(request.headers))
    response.writeHead(401, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message: JSON.stringify(request.headers) + body } }))
  })
})

let world: World & { ada: Person; eve: Person }
beforeAll(async () => {
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`
  const c = configured
  world = await lobby({
    people: ['ada', 'eve'],
    life: 'file',
    threads: 'own',
    config: {
      'session.secret': [c['session key'], c['older session key']],
      'server.metrics_token': c['metrics token'],
    },
    plugins: {
      'bot:model': { use: 'openai', base_url: url, model: 'm', api_key: c['model key'] },
      'bot:tools': { use: 'openai', base_url: url, model: 'm', mcp: ['net', 'here'] },
      'mcp:net': { url, headers: [`X-Key: ${c['tools’ key']}`], tools: ['*'] },
      'mcp:here': { command: process.execPath, args: ['-e', 'console.error(process.env.KEY); process.exit(1)'], env: [`KEY=${c['tools’ variable']}`], tools: ['*'] }, // prettier-ignore
      'bot:textchat': { use: 'tencent-textchat', app_id: 1, app_key: c.app_key, endpoint: `${url}/` }, // prettier-ignore
      'bot:out': { use: 'webhook-out', url: `${url}/out`, secret: c['webhook secret'] },
      'bot:in': { use: 'webhook-in', token: c['hook token'] },
      'bot:octocat': { use: 'webhook-in', token: `${c['hook token']}-2`, secret: c['GitHub secret'] }, // prettier-ignore
      'bot:koishi': { use: 'onebot11', token: c['OneBot token'] },
      'bot:satori': { use: 'satori', token: c['Satori token'] },
    },
  })
})
afterAll(() => void echo.close())

/** Asks as a browser or a program, and keeps what comes. */
async function asks(path: string, init: RequestInit = {}, except: readonly string[] = []) {
  const response = await world.get(path, init)
  const body = await response.text()
  const headers = JSON.stringify([...response.headers])
  note(`${init.method ?? 'GET'} ${path.split('?')[0]}`, headers + body, except)
  return { status: response.status, body }
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
const form = (who: Person, body: string) => ({
  method: 'POST',
  body,
  headers: { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' },
})
const posted = (body: object, headers = {}) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
})

test('a day in the room: people talk, bots answer and fail, keys are wrong, doors open', async () => {
  const { ada, eve } = world
  const c = configured
  const { token: link = '' } = (await world.server?.hostLink()) ?? {}
  made['host link'] = link
  await asks('/host', posted({ token: c['wrong token'] }, { cookie: eve.cookie }))
  await asks('/host', posted({ token: link }, { cookie: ada.cookie }))

  for (const bot of ['model', 'tools', 'textchat', 'out']) await ada.says(`@${bot} hello?`)
  await ada.join('vault')
  await ada.request({ type: 'room', room: 'vault', set: { passcode: c.passcode } })
  const passcode = c['wrong passcode']
  await eve.request({ type: 'join', room: 'vault', passcode }).catch(() => {})
  await asks('/r/vault', form(eve, `passcode=${c['wrong passcode']}`))
  await asks('/r/vault', form(eve, `passcode=${c.passcode}`))
  await eve.join('vault')
  const { invite } = await ada.request({ type: 'invite', room: 'vault' })
  made['invite'] = String(Object(invite).url).split('/i/')[1] ?? ''
  // Who makes it is told; the way through the sign-in page keeps it in the address.
  await asks(`/i/${made['invite']}`, {}, ['invite'])
  await asks(`/i/${made['invite']}`, { headers: { cookie: eve.cookie } })
  await ada.request({ type: 'invites', room: 'vault' })

  const program = await Program.named(world, 'ci')
  made['bot token'] = program.token
  await program.says('all green')
  await program.asks('GET /me')
  for (const token of [c['wrong token'], `${program.token}x`, c['Satori token']]) {
    await asks('/api/v1/me', bearer(token))
    await asks('/metrics', bearer(token))
    await asks('/satori/v1/login.get', { method: 'POST', ...bearer(token) })
    await asks(`/hooks/${c['wrong token']}`, posted({ text: 'x' }))
    await asks(`/api/v1/me?access_token=${token}`)
  }
  await asks('/metrics', bearer(c['metrics token']))
  await asks(`/hooks/${c['hook token']}`, posted({ text: 'hello' }))
  await asks(`/hooks/${c['hook token']}`, posted({ nonsense: true }))
  await asks(`/hooks/${c['hook token']}`)
  await asks(
    `/hooks/${c['hook token']}-2/github`,
    posted({}, { 'x-hub-signature-256': 'sha256=0' }),
  )
  await asks('/bots', { headers: { cookie: ada.cookie } })
  for (const token of [c['OneBot token'], c['wrong token']]) {
    const ws = new WebSocket(`${world.url.replace('http', 'ws')}/onebot/v11/ws?access_token=${token}`) // prettier-ignore
    ws.on('message', (data: Buffer) => note('a frame of OneBot', data.toString()))
    ws.on('error', () => {}) // its token is wrong
    await new Promise((resolve) => ws.once('message', resolve).once('close', resolve))
    ws.terminate()
  }
  for (const path of [
    '/',
    '/signin',
    '/readyz',
    '/api/v1/openapi.json',
    '/plain',
    '/%',
    '/static/',
  ])
    await asks(path, { headers: { cookie: eve.cookie } })
  await ada.says('that was all')
  await ada.next((frame) => frame.type === 'chat' && frame.data === 'that was all')
  made['session'] = sidOf(ada.cookie)
  made['device'] = /chat_room_device_\w+=([^;]+)/.exec(ada.cookie)?.[1] ?? ''

  await world.restart()
  await ada.connect()
  await ada.join()
  await ada.says('and after a restart')
  for (const act of ['bot list', 'bot logs', 'user list', 'invite list', 'audit', 'room list']) {
    const answer = await askServer(join(world.folder, 'data'), { act, args: { name: 'model', room: 'vault' }, lang: 'en' }) // prettier-ignore
    note(`chat-room ${act}`, JSON.stringify(answer))
  }
}, 60_000)

test('no secret is in a log, in the data, in a frame, on a page or in the list of processes', async () => {
  const { config } = loadConfig({
    flags: { config: [join(world.folder, 'config.ini')] },
    env: {},
    cwd: world.folder,
    lang: 'en',
  })
  note('print-config', maskedIni(config))
  note('the log', world.logged.join(''))
  for (const name of ['ada', 'eve'] as const)
    note(`frames of ${name}`, JSON.stringify(world[name].frames), name === 'ada' ? ['invite'] : [])
  note('ps', execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }))
  const data = join(world.folder, 'data')
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()) // prettier-ignore
  for (const { name, parentPath } of files)
    note(`the file ${name}`, readFileSync(join(parentPath, name), 'latin1'))

  const secrets = { ...configured, ...made }
  expect(Object.values(secrets).filter((secret) => secret.length < 16)).toEqual([])
  expect(places.length).toBeGreaterThan(40)
  for (const used of ['model key', 'tools’ key'] as const)
    expect(asked.join()).toContain(configured[used]) // else it was not put to use
  expect(countLeaks(places, secrets)).toEqual([])
})

test('a secret is found wherever it stands, as it is or encoded', () => {
  const secret = 'CANARY-ä>?~>?~>?~-0123456789' // whose base64 has a +
  const bytes = Buffer.from(secret)
  const encoded = [secret, encodeURIComponent(secret), JSON.stringify({ a: secret }), bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('latin1')] // prettier-ignore
  expect(new Set(encoded).size).toBe(encoded.length)
  for (const text of encoded)
    expect(countLeaks([{ where: 'x', text: `a ${text} b` }], { s: secret })).toEqual(['s in x'])
  expect(countLeaks([{ where: 'x', text: secret, except: ['s'] }], { s: secret })).toEqual([])
})
