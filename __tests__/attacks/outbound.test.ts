import { once } from 'node:events'
import { createServer } from 'node:http'
import { Socket, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { goTo } from '../../src/gateways/onebot11/reverse.js'
import { deliver } from '../../src/gateways/webhook-out/deliver.js'
import type { PluginLog } from '../../src/plugin.js'
import { post } from '../../src/plugins/builtin/openai/post.js'
import { lineTo } from '../../src/plugins/builtin/openai/tools/transport.js'
import { request } from '../../src/plugins/builtin/tencent-textchat/request.js'
import { HOOK, ONEBOT, SATORI } from '../helpers/doors.js'
import { lobby } from '../helpers/lobby.js'
import { Program } from '../helpers/program.js'
import { forbiddenAddresses } from './forbidden-addresses.js'

/** Nobody but the host says where this server goes: not who writes, not who is a bot, not who is asked. */

/** Hosts and ports to which a connection was begun, other than those of the tests. */
const reached: string[] = []
const ours = new Set<number>()
const connect = Reflect.get(Socket.prototype, 'connect')
beforeAll(() => {
  Socket.prototype.connect = function counted(this: Socket, ...args: unknown[]) {
    const [first, second] = args.flat()
    const to = typeof first === 'object' ? first : { port: first, host: second }
    const { port, host, path }: { port?: number; host?: string; path?: string } = Object(to)
    if (path !== undefined || ours.has(Number(port))) return Reflect.apply(connect, this, args)
    reached.push(`${host}:${port}`)
    queueMicrotask(() => this.destroy(new Error('no test goes there')))
    return this
  }
})
afterAll(() => {
  Socket.prototype.connect = connect
  elsewhere.close()
})

/** A program elsewhere that leads on to one address after the other. */
const elsewhere = createServer((_, response) => {
  const status = [301, 302, 303, 307, 308][turn % 5] ?? 302
  response
    .writeHead(status, { connection: 'close', location: urls[turn++ % urls.length] ?? '' })
    .end()
})
let turn = 0
const urls = forbiddenAddresses(8099).filter((url) => !/[^\x20-\x7e]/.test(url))
const all = forbiddenAddresses(8099)

const never = new AbortController().signal
const log: PluginLog = { debug() {}, info() {}, warn() {}, error() {} }

beforeAll(async () => {
  elsewhere.listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  ours.add(portOf(elsewhere))
})

const portOf = (server: typeof elsewhere) => (server.address() as AddressInfo).port
const at = () => `127.0.0.1:${portOf(elsewhere)}`

test('the list leads somewhere: who fetched it would go there', async () => {
  expect(all.length).toBeGreaterThan(300)
  await Promise.allSettled(all.map((url) => fetch(url)))
  expect(reached.splice(0).length).toBeGreaterThan(150)
})

/** Every way out that the host may configure, each asked once. */
const ways: Record<string, () => Promise<unknown>> = {
  'a webhook': () =>
    deliver({ url: `http://${at()}/`, body: '', headers: () => ({}), timeout: 60_000, signal: never, log }), // prettier-ignore
  'a model': () => post({ url: `http://${at()}/v1`, key: 'k' }, {}, never),
  'the Tencent bot': () =>
    request(
      { question: 'x', session: 's' },
      { endpoint: `http://${at()}/`, appId: 1, appKey: 'k', timeout: 60_000 },
      never,
    ),
  'a server of tools': async () => {
    const server = { name: 'x', command: '', args: [], cwd: '', env: {}, headers: { key: 'k' }, tools: ['*'], timeout: 60_000 } // prettier-ignore
    const { transport } = await lineTo({ ...server, url: `http://${at()}/` }, log)
    await transport.start()
    const asked = transport.send({ jsonrpc: '2.0', id: 1, method: 'ping' })
    await asked.catch(() => {}) // it was led on
    await transport.close()
  },
  'a bot’s program': () =>
    new Promise<void>((resolve) => {
      const warn = () => void stop().then(resolve)
      const options = { token: 't', selfId: 1, pause: 60_000, serve: () => {} }
      const stop = goTo({ ...options, url: `ws://${at()}/`, log: { ...log, warn } })
    }),
}

test.each(Object.entries(ways))(
  '%s that leads elsewhere is not followed',
  async (_, ask) => {
    turn = 0
    for (let first = 0; first < urls.length; first += 50)
      await Promise.allSettled(urls.slice(first, first + 50).map(ask))
    expect(turn).toBeGreaterThanOrEqual(urls.length) // else not each was tried
    expect(reached).toEqual([])
  },
  60_000,
)

/** A bot says five lines at once and then waits: all of the list goes into five. */
const PART = Math.ceil(all.length / 5)

test('what anybody names in the room, or a bot of the host’s answers, is not fetched', async () => {
  const plugins = {
    'bot:slack': { use: 'webhook-in', token: HOOK },
    'bot:discord': { use: 'webhook-in', token: `${HOOK}-d` },
    'bot:alerts': { use: 'webhook-in', token: `${HOOK}-a` },
    'bot:koishi': { use: 'onebot11', token: ONEBOT },
    'bot:satori': { use: 'satori', token: SATORI },
    'bot:out': { use: 'webhook-out', url: `http://${at()}/`, 'commands[]': 'deploy' },
    'bot:model': { use: 'openai', base_url: `http://${at()}/v1`, model: 'm', api_key: 'k' },
  }
  const world = await lobby({ plugins })
  ours.add(Number(new URL(world.url).port))
  const ada = await world.enters('ada')
  const program = await Program.named(world, 'api')
  const koishi = new WebSocket(`${world.url.replace('http', 'ws')}/onebot/v11/ws`, {
    headers: { authorization: `Bearer ${ONEBOT}` },
  })
  await once(koishi, 'open')
  const posts = (path: string, body: object, headers = {}) =>
    world.get(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const heard = all.map((url) => ada.says(`${url} [x](${url}) ![x](${url}) <${url}>`))
  await Promise.allSettled(heard)
  const { seq: message = 1 } = await ada.says('a line')
  turn = 0
  const answers: (Response | { status: number })[] = []
  for (let first = 0; first < all.length; first += PART) {
    const some = all.slice(first, first + PART)
    const [url = ''] = some
    const data = some.join('\n')
    // What is no address of the web is refused by its own rule, and would take the others with it.
    const media = some.filter((address) => /^https?:\/\//i.test(address))
    const segments = media.map((file, index) => ({
      type: ['image', 'record', 'video', 'file', 'share', 'music'][index % 6],
      data: { file, url: file, image: file },
    }))
    const tags = media.map((src, index) => {
      const tag = ['img', 'audio', 'video', 'file', 'a'][index % 5]
      return `<${tag} src="${src}" href="${src}"/>`
    })
    for (const action of ['send_group_msg', 'download_file', 'get_image', 'set_group_portrait'])
      koishi.send(JSON.stringify({ action, params: { group_id: 1, message: segments, url, file: url } })) // prettier-ignore
    const links = some.map((url) => ({ title: 'x', title_link: url, image_url: url, thumb_url: url, from_url: url })) // prettier-ignore
    const embeds = some.slice(0, 10).map((url) => ({ title: 'x', url, image: { url }, thumbnail: { url } })) // prettier-ignore
    const alerts = some.slice(0, 10).map((url) => ({ status: 'firing', labels: { alertname: 'x' }, generatorURL: url })) // prettier-ignore
    answers.push(
      await program.asks('POST /rooms/lobby/messages', { data }),
      await posts(`/hooks/${HOOK}`, { text: data, icon_url: url, attachments: links }),
      await posts(`/hooks/${HOOK}-d/discord`, { content: url, avatar_url: url, embeds }),
      await posts(`/hooks/${HOOK}-a/alertmanager`, { alerts, externalURL: url }),
      await posts('/satori/v1/message.create', { channel_id: 'lobby', content: tags.join(' ') }, { authorization: `Bearer ${SATORI}` }), // prettier-ignore
    )
    await ada.says(`@out @model ${url}`)
    await ada.says(`/deploy ${url}`)
    await ada.request({ type: 'edit', room: 'lobby', message, data })
    await ada.request({ type: 'report', room: 'lobby', message, data: url.slice(0, 100) })
    await ada.request({ type: 'make', title: url.slice(0, 40) })
    await world.get(`/signin?next=${encodeURIComponent(url)}`, {
      headers: { referer: 'http://x/', 'x-forwarded-host': 'evil.example' },
    })
  }
  expect(answers.map(({ status }) => status).filter((status) => status >= 300)).toEqual([])
  await ada.says('the end')
  koishi.terminate()

  expect(turn).toBeGreaterThan(0) // else no bot of the host's was asked
  expect(reached).toEqual([])
  expect(world.logged.join('\n')).not.toContain('meta-data')
}, 60_000)
