import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { Agent, request, type IncomingMessage } from 'node:http'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { API, routes } from '../../src/gateways/api/routes.js'
import { doors, HOOK, SATORI, oneBot } from '../helpers/doors.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'
import { Program } from '../helpers/program.js'

/** Ways to files, in every place of every address, in frames and in what programs send: as somebody who may be there. */

const CANARY = 'CANARY-of-a-file-that-nobody-serves'

const up = ['..', '%2e%2e', '..%2f..', '..%5c..', '..\\..', '%252e%252e', '....//..', '.%00.', '%c0%ae%c0%ae', '', '%2f', 'lobby%2f..'] // prettier-ignore
const files = ['etc/passwd', 'package.json', 'data/chat-room.db', 'canary.txt', 'data/canary.txt%00.svg'] // prettier-ignore
/** Parts of an address, and one part that has slashes in it. */
const ways = up.flatMap((step) =>
  files.flatMap((file) => [`${step}/${file}`, `${step}/${file}`.replaceAll('/', '%2f')]),
)

let world: World & { ada: Person }
let folder = ''
let token = ''
beforeAll(async () => {
  world = await lobby({
    people: ['ada'],
    life: 'file',
    plugins: doors,
  })
  await world.gives(world.ada, 'host')
  ;({ token } = await Program.named(world, 'api', { scopes: ['read', 'write', 'moderate', 'rooms'] })) // prettier-ignore
  folder = await mkdtemp(join(tmpdir(), 'chat-room-canary-'))
  for (const place of [world.folder, join(world.folder, 'data'), folder])
    await writeFile(join(place, 'canary.txt'), CANARY)
  await mkdir(join(world.folder, 'data', 'lobby'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** `GET /r/:room` … as the routes have it, and the API's table. */
function addresses(): string[] {
  const code = fileURLToPath(new URL('../../src/web/routes/', import.meta.url))
  const found = readdirSync(code)
    .map((file) => readFileSync(code + file, 'utf8'))
    .join()
    .matchAll(/router\.(get|post|patch|delete)\((?:'([^']+)'|`\$\{path\}([^`]*)`)/g)
  const pages = [...found].map(
    ([, method = '', path, rest = '']) =>
      `${method.toUpperCase()} ${path ?? `/api/webhooks/:id/:token${rest}`}`,
  )
  const ofApi = routes.map(({ method, path }) => `${method.toUpperCase()} ${API}${path.replace(/\{(\w+)\}/g, ':$1')}`) // prettier-ignore
  return [...pages, ...ofApi, 'GET /static/:file', 'GET /static/js/chunks/:file', 'GET /static/images/:file', 'GET /:file', 'POST /hooks/:token/slack', 'POST /services/:team/:app/:token'] // prettier-ignore
}

/** Each with a way to a file in each of its places, beside what is right in the others. */
const right: Record<string, string> = { room: 'lobby', token: HOOK, id: '1', message: '1', user: '1', invite: '1', emoji: '%F0%9F%91%8D', method: 'message.create', version: 'v10', team: 'T', app: 'B', file: 'x' } // prettier-ignore
const asked = () =>
  addresses().flatMap((address) =>
    [...address.matchAll(/:(\w+)/g)].flatMap(([place]) =>
      ways.map((way) =>
        address
          .replace(/(?<=\/):(\w+)/g, (it, name: string) =>
            it === place ? '*' : (right[name] ?? ''),
          )
          .replace('*', way),
      ),
    ),
  )

const agent = new Agent({ keepAlive: true, maxSockets: 20 })
afterAll(() => agent.destroy())

/** Asks as the host, or with a token that may do all. `fetch` would walk a path itself. */
async function answerTo(line: string): Promise<{ status: number; told: string }> {
  const [method = '', path = ''] = line.split(' ')
  const { port, hostname } = new URL(world.url)
  const bearer = path.startsWith(API) ? token : path.startsWith('/satori') && SATORI
  const headers = {
    ...(bearer ? { authorization: `Bearer ${bearer}` } : { cookie: world.ada.cookie }),
    'content-type': 'application/json',
  }
  const asking = request({ agent, hostname, port, method, path, headers })
  asking.end(/GET|DELETE/.test(method) ? undefined : '{"data":"x","content":"x","text":"x","channel_id":"lobby","title":"x"}') // prettier-ignore
  const [response]: IncomingMessage[] = await once(asking, 'response')
  return { status: response?.statusCode ?? 0, told: response ? await text(response) : '' }
}

const LEAKS = /root:x:|"dependencies"|SQLite format|\[bot:hook\]|PATH=|CANARY-|import \{/

test('the canaries are where the ways lead, so that they could be found', async () => {
  expect(readFileSync(join(world.folder, 'data/lobby/../canary.txt'), 'utf8')).toMatch(LEAKS)
  expect(readFileSync('package.json', 'utf8')).toMatch(LEAKS)
})

test('no address leads to a file, in whichever of its places a way to one stands', async () => {
  const all = asked()
  expect(addresses()).toEqual(expect.arrayContaining(['GET /i/:token', 'POST /r/:room/make', 'POST /satori/v1/:method', `GET ${API}/rooms/:room`])) // prettier-ignore
  const before = readdirSync(world.folder, { recursive: true })
  const statuses = new Map<number, number>()
  const leaks: string[] = []
  let next = 0
  const asker = async () => {
    for (let line; (line = all[next++]);) {
      const { status, told } = await answerTo(line)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (LEAKS.test(told) || status >= 500) leaks.push(line)
    }
  }
  await Promise.all(Array.from({ length: 20 }, asker))
  expect(leaks).toEqual([])
  // Else they were refused at the door, and this test means nothing.
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([303, 400, 404]))
  expect(all.length).toBeGreaterThan(5_000)
  expect(readdirSync(world.folder, { recursive: true })).toEqual(before)
}, 60_000)

test('nor does what a frame or a program names: a room, a face, a picture, a file', async () => {
  const { ada } = world
  const names = [folder, world.folder, 'data', '..'].flatMap((place) => {
    const path = `${place}/canary.txt`
    return [path, `file://${path}`, `FILE://localhost${path}`, `file:${path}`, `/./${path}`, `\\\\?\\${path}`, `${path}\u0000.png`] // prettier-ignore
  })
  const koishi = await oneBot(world.url)
  const told: string[] = []
  koishi.on('message', (data: Buffer) => told.push(data.toString()))
  const posts = async (path: string, body: object, authorization = '') => {
    const headers = { 'content-type': 'application/json', authorization }
    const answer = await world.get(path, { method: 'POST', headers, body: JSON.stringify(body) })
    told.push(await answer.text())
  }
  for (const [at, name] of names.entries()) {
    await ada.request({ type: 'join', room: name }).catch(() => {})
    await ada.request({ type: 'chat', room: 'lobby', data: 'x', files: [name] }).catch(() => {})
    await posts('/signin', { name: `eve${at}`, imgid: name, imageid: name })
    for (const action of [
      'send_group_msg',
      'get_image',
      'get_file',
      'get_record',
      'upload_group_file',
      'download_file',
      name,
    ]) {
      // prettier-ignore
      const message = ['image', 'record', 'video', 'file'].map((type) => ({ type, data: { file: name, url: name, path: name } })) // prettier-ignore
      const params = { group_id: 1, message, file: name, file_id: name, url: name, name }
      koishi.send(JSON.stringify({ action, params, echo: `${action} ${at}` }))
    }
    const content = ['img', 'audio', 'video', 'file'].map((tag) => `<${tag} src="${name}"/>`).join('') // prettier-ignore
    await posts('/satori/v1/message.create', { channel_id: 'lobby', content: `x${content}` }, `Bearer ${SATORI}`) // prettier-ignore
    await posts('/satori/v1/upload.create', { file: name }, `Bearer ${SATORI}`)
    await posts(`/hooks/${HOOK}`, { text: 'x', icon_url: name, attachments: [{ text: 'x', image_url: name }] }) // prettier-ignore
    await posts(`/hooks/${HOOK}/discord`, { content: 'x', avatar_url: name, embeds: [{ image: { url: name } }] }) // prettier-ignore
  }
  koishi.send(JSON.stringify({ action: 'get_status', params: {}, echo: 'the end' }))
  while (!told.some((text) => text.includes('the end'))) await once(koishi, 'message')
  koishi.terminate()
  const heard = await ada.hears()
  expect(heard.length).toBeGreaterThan(5) // else nothing was said, and this test means nothing
  expect([...told, ...heard].filter((text) => LEAKS.test(text))).toEqual([])
})

test('after all that the server had no fault of its own', () => {
  expect(world.logged.filter((line) => /"level":(?:50|60)/.test(line))).toEqual([])
})
