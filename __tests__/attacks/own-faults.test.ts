import { once } from 'node:events'
import { expect, test } from '@jest/globals'
import { frames } from '../../src/frames.js'
import { API, routes } from '../../src/gateways/api/routes.js'
import type { Store } from '../../src/store/store.js'
import { doors, HOOK, SATORI, oneBot } from '../helpers/doors.js'
import { lobby } from '../helpers/lobby.js'
import { Program } from '../helpers/program.js'

/** What the server says of a fault of its own to who may be anybody: that there was one. */

const SECRET = 'SQLITE_IOERR: select sid from sessions in /srv/chat-room.db'

const methods = ['login.get', 'message.create', 'message.update', 'message.delete', 'message.get', 'message.list', 'channel.get', 'channel.list', 'guild.get', 'guild.list', 'guild.member.get', 'guild.member.list', 'user.get', 'user.channel.create'] // prettier-ignore
const actions = ['send_msg', 'send_group_msg', 'send_private_msg', 'delete_msg', 'get_msg', 'get_group_list', 'get_group_info', 'get_group_member_list', 'get_group_member_info', 'get_stranger_info', 'get_friend_list', 'send_group_forward_msg'] // prettier-ignore
const hooks = { '': { text: 'x' }, '/discord': { content: 'x' }, '/alertmanager': { message: 'x' } }
const pages = ['GET /', 'GET /signin', 'GET /r/nowhere', 'GET /i/nothing', 'GET /bots', 'POST /signin', 'POST /signout', 'POST /r/nowhere/make', 'POST /host', 'GET /healthz', 'GET /readyz', 'GET /metrics'] // prettier-ignore

/** Stands around a store that fails, from some moment on, whatever it is asked. */
function failing() {
  let isBroken = false
  const around = <T extends object>(noun: T): T =>
    new Proxy(noun, {
      get(target, key, receiver) {
        const value: unknown = Reflect.get(target, key, receiver)
        if (typeof value === 'object' && value !== null) return around(value)
        if (typeof value !== 'function' || key === 'close') return value
        return (...args: unknown[]) => {
          const answer: unknown = Reflect.apply(value, target, args)
          if (!isBroken || !(answer instanceof Promise)) return answer
          return answer.then(() => Promise.reject(new Error(SECRET)))
        }
      },
    })
  return { around: (store: Store) => around(store), breaks: (now: boolean) => (isBroken = now) }
}

test('a fault of the store is told to nobody but the log, by whichever way it was met', async () => {
  const store = failing()
  const world = await lobby({ people: ['ada'], plugins: doors, store: store.around })
  const { ada } = world
  await world.gives(ada, 'host')
  for (let n = 0; n < 60; n++) await ada.says(`line ${n}`) // more than is at hand
  const api = await Program.named(world, 'api', { scopes: ['read', 'write', 'moderate', 'rooms'] })
  const koishi = await oneBot(world.url)
  const told: [way: string, answer: string][] = []
  koishi.on('message', (data: Buffer) => told.push(['OneBot', data.toString()]))

  for (const type of Object.keys(frames).filter((type) => !/^(?:typing|read)$/.test(type))) {
    const one = await world.tab(ada)
    store.breaks(true)
    const frame = { room: 'lobby', q: 'line', data: 'x', title: 'x', user: 0, message: 1, set: {}, level: 'all', on: true, bot: 0, invite: 1, ban: 1, report: 1, role: null, ms: 0, stream: 'x', before: 5, since: 0 } // prettier-ignore
    await one
      .request({ ...frame, type })
      .catch((error: unknown) => told.push([type, String(error)]))
    const { reason } = one.connected ? { reason: '' } : await one.socket.closed
    told.push(
      [`${type}, closed`, reason],
      [type, one.frames.map((text) => JSON.stringify(text)).join()],
    )
    store.breaks(false)
    await one.close()
  }
  store.breaks(true)
  const asks = async (what: string, init: RequestInit = {}) => {
    const [method = '', path = ''] = what.split(' ')
    const response = await world.get(path, { ...init, method })
    told.push([what, `${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`]) // prettier-ignore
  }
  const json = { 'content-type': 'application/json' }
  for (const { method, path, example } of routes) {
    const at = API + path.replace(/\{(\w+)\}/g, (_, name) => (name === 'room' ? 'lobby' : name === 'emoji' ? encodeURIComponent('👍') : '1')) // prettier-ignore
    const body = method === 'get' || method === 'delete' ? {} : { body: JSON.stringify(example ?? {}) } // prettier-ignore
    const headers = { ...json, authorization: `Bearer ${api.token}` }
    await asks(`${method.toUpperCase()} ${at}`, { headers, ...body })
  }
  for (const method of methods) {
    const body = { channel_id: 'lobby', guild_id: 'lobby', user_id: '1', message_id: '3', content: 'x' } // prettier-ignore
    const headers = { ...json, authorization: `Bearer ${SATORI}` }
    await asks(`POST /satori/v1/${method}`, { headers, body: JSON.stringify(body) })
  }
  for (const [form, body] of Object.entries(hooks))
    await asks(`POST /hooks/${HOOK}${form}`, { headers: json, body: JSON.stringify(body) })
  await asks(`GET /api/webhooks/1/${HOOK}/messages/1`)
  for (const accept of ['text/html', 'application/json'])
    for (const what of pages) {
      const headers = { ...json, cookie: ada.cookie, accept }
      const body = what.startsWith('POST') && { body: JSON.stringify({ name: 'eve', token: 'x' }) }
      await asks(what, { headers, ...body })
    }
  for (const action of actions) {
    const params = { group_id: 1, user_id: 1, message_id: 1, message: 'x', messages: [] }
    koishi.send(JSON.stringify({ action, params, echo: action }))
  }
  const answers = () => told.filter(([, answer]) => answer.includes('"echo"')).length
  while (answers() < actions.length) await once(koishi, 'message')
  store.breaks(false)
  koishi.terminate()

  expect(told.filter(([, answer]) => /SQLITE|select sid|\/srv|node_modules|\.ts:/.test(answer))).toEqual([]) // prettier-ignore
  expect(world.logged.filter((line) => line.includes(SECRET)).length).toBeGreaterThan(5)
}, 60_000)
