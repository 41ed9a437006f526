import { once } from 'node:events'
import { afterEach, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { FramesHeard } from '../helpers/frames-heard.js'
import { lobby } from '../helpers/lobby.js'
import { sessionOf } from './captured.js'

const TOKEN = 's3cret-of-the-bot'
/** A bot may say five lines at once in a room, so the talk goes on in the next one. */
const ROOMS = ['one', 'two', 'three', 'four', 'five']
const LINES_OF_A_ROOM = 3

const frame = z.object({
  op: z.number(),
  body: z.looseObject({
    sn: z.number().nullish(),
    type: z.string().optional(),
    channel: z.looseObject({ type: z.number() }).optional(),
    message: z.looseObject({ id: z.string(), content: z.string() }).optional(),
  }),
})
type Frame = z.output<typeof frame>
const call = z.object({
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.looseObject({}),
})
const messages = z.array(z.looseObject({ id: z.string() }))

const open: WebSocket[] = []
afterEach(() => {
  for (const ws of open.splice(0)) ws.terminate()
})

/** A captured line as a person of ours types it. */
const typed = (content: string) =>
  content
    .replaceAll(/<at [^>]*>/g, '@koishi')
    .replaceAll(/<quote [^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

test.each(['koishi-satori', 'koishi-satori-rich', 'koishi-satori-resume', 'nonebot2-satori'])(
  'all that %s did is done',
  async (name) => {
    const plugins = { 'bot:koishi': { use: 'satori', token: TOKEN } }
    const world = await lobby({ people: ['ada'], config: { 'rooms.names': ROOMS }, plugins })
    const { ada } = world
    for (const room of ROOMS) await ada.join(room)
    const made = await ada.request({ type: 'direct', user: 0 })
    const { room: two } = z.looseObject({ room: z.string() }).parse(made)
    await ada.join(two)

    /** Ids of messages and numbers of events: theirs and ours. */
    const ids = new Map<string, string>()
    const numbers = new Map<number, number>()
    let program: FramesHeard<Frame> | undefined
    let ws: WebSocket | undefined
    let [place = ''] = ROOMS
    let asked = 0
    const created: string[] = []
    const ours = (json: object) =>
      JSON.stringify(json)
        .replaceAll('dm:alice', two)
        .replaceAll(/"lobby"/g, `"${place}"`)
        .replaceAll('xiaoniao', '0')
        .replaceAll(/(\\?")alice\1/g, `$1${ada.user.id}$1`)
        .replaceAll(/m\d{3}/g, (id) => ids.get(id) ?? id)

    const steps = sessionOf(name)
    for (const [at, { dir, o }] of steps.entries()) {
      if (dir === 'bot->srv UPGRADE') {
        ws?.terminate()
        ws = new WebSocket(`${world.url.replace('http', 'ws')}/satori/v1/events`)
        open.push(ws)
        program = new FramesHeard(ws, (json) => frame.parse(json))
        await once(ws, 'open')
      } else if (dir === 'bot->srv WS') {
        const { op, body } = frame.parse(o)
        const sn = typeof body.sn === 'number' ? { sn: numbers.get(body.sn) } : {}
        ws?.send(JSON.stringify({ op, body: op === 3 ? { ...body, token: TOKEN, ...sn } : body }))
        await program?.next((one) => one.op === op + 1)
      } else if (dir === 'srv->bot WS') {
        const { body } = frame.parse(o)
        const { message, channel, sn } = body
        if (body.type !== 'message-created' || !message) continue
        place =
          channel?.type === 1 ? place : (ROOMS[Math.floor(asked++ / LINES_OF_A_ROOM)] ?? place)
        const text = typed(message.content)
        await ada.says(text, { room: channel?.type === 1 ? two : place })
        const known = new Set(numbers.values())
        const event = await program?.next(
          (one) =>
            typeof one.body.sn === 'number' &&
            one.body.type === body.type &&
            !known.has(one.body.sn),
        )
        ids.set(message.id, event?.body.message?.id ?? '')
        numbers.set(sn ?? 0, event?.body.sn ?? 0)
        expect(typed(event?.body.message?.content ?? '')).toBe(text)
      } else if (dir === 'bot->srv HTTP') {
        const { url, headers, body } = call.parse(o)
        const answer = await world.get(url, {
          method: 'POST',
          headers: {
            ...headers,
            authorization: `Bearer ${TOKEN}`,
            'satori-user-id': '0',
            'x-self-id': '0',
          },
          body: ours(body),
        })
        const json: unknown = await answer.json()
        expect([url, answer.status]).toEqual([url, 200])
        if (!url.endsWith('message.create')) continue
        created.push(String(body['content']))
        const theirs = messages.safeParse(steps[at + 1]?.o)
        if (theirs.success) ids.set(theirs.data[0]?.id ?? '', messages.parse(json)[0]?.id ?? '')
      }
    }
    const lines: string[] = []
    for (const room of [...ROOMS, two]) lines.push(...(await ada.hears(room)))
    const ofBot = lines.filter((line) => line.startsWith('koishi: ')).join('\n')
    const wordsOf = (content: string) =>
      typed(content)
        .replaceAll(/<[a-z/][^>]*>/g, '\n')
        .split('\n')
        .map((word) => word.trim())
    const words = created.flatMap(wordsOf)
    expect(words.filter((word) => !word.startsWith('@') && !ofBot.includes(word))).toEqual([])
  },
)
