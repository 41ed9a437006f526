import { once } from 'node:events'
import { afterEach, expect, test } from '@jest/globals'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { FramesHeard } from '../helpers/frames-heard.js'
import { lobby } from '../helpers/lobby.js'
import { sessionOf } from './captured.js'

const TOKEN = 's3cret-of-the-bot'
/** A bot may say five lines at once in a room, so the talk goes on in the next one. */
const ROOMS = ['one', 'two', 'three', 'four']
const LINES_OF_A_ROOM = 4

const segment = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) })
const message = z.looseObject({
  message_type: z.enum(['group', 'private']),
  message_id: z.number(),
  group_id: z.number().optional(),
  message: z.array(segment),
})
const call = z.object({
  action: z.string(),
  params: z.looseObject({ message: z.array(segment).optional() }),
  echo: z.union([z.string(), z.number()]),
})
const answer = z.looseObject({
  echo: z.union([z.string(), z.number()]),
  retcode: z.number(),
  data: z.looseObject({ message_id: z.number().optional() }).nullish().catch(undefined),
})

const open: WebSocket[] = []
afterEach(() => {
  for (const ws of open.splice(0)) ws.terminate()
})

type Segments = z.output<typeof segment>[]

/** A captured line as a person of ours types it. */
const typed = (segments: Segments) =>
  segments
    .map(({ type, data }) => (type === 'at' ? '@koishi' : type === 'text' ? data['text'] : ''))
    .join('')

test.each([
  ['koishi-onebot11', ['get_guild_service_profile 1404']],
  ['koishi-onebot11-rich', ['get_guild_service_profile 1404']],
  ['koishi-onebot11-reverse', ['get_guild_service_profile 1404']],
  ['nonebot2-onebot11', []],
  ['nonebot2-onebot11-reverse', []],
])('all that %s did is done, but for what only QQ has', async (name, refused) => {
  const plugins = { 'bot:koishi': { use: 'onebot11', token: TOKEN } }
  const world = await lobby({ people: ['ada'], config: { 'rooms.names': ROOMS }, plugins })
  const { ada } = world
  for (const room of ROOMS) await ada.join(room)
  const { room: two } = z
    .looseObject({ room: z.string() })
    .parse(await ada.request({ type: 'direct', user: 0 }))
  await ada.join(two)
  const headers = { authorization: `Bearer ${TOKEN}` }
  const ws = new WebSocket(`${world.url.replace('http', 'ws')}/onebot/v11/ws`, { headers })
  open.push(ws)
  const program = new FramesHeard(ws, (json) => json)
  await once(ws, 'open')

  /** Numbers of messages: theirs and ours. */
  const ids = new Map<string, number>()
  const answers = new Map<string | number, z.output<typeof answer>>()
  let group = 0
  let asked = 0
  const failures: string[] = []
  const said: string[] = []
  const ours = (json: object) =>
    JSON.stringify(json)
      .replaceAll('"group_id":20001', `"group_id":${group}`)
      .replaceAll('30001', String(ada.user.id))
      .replaceAll(
        /("(?:id|message_id)":"?)(\d+)/g,
        (_, key: string, id: string) => `${key}${ids.get(id) ?? id}`,
      )

  for (const { dir, o } of sessionOf(name)) {
    const heard = message.safeParse(o)
    if (dir === 'srv->bot' && heard.success) {
      const room =
        heard.data.message_type === 'private' ? two : ROOMS[Math.floor(asked++ / LINES_OF_A_ROOM)]
      const text = typed(heard.data.message)
      await ada.says(text, { ...(room !== undefined && { room }) })
      const known = new Set(ids.values())
      const isNew = (json: unknown) =>
        !known.has(message.safeParse(json).data?.message_id ?? [...known][0] ?? 0)
      const event = message.parse(
        await program.next((json) => message.safeParse(json).success && isNew(json)),
      )
      ids.set(String(heard.data.message_id), event.message_id)
      group = event.group_id ?? group
      expect(typed(event.message)).toBe(text)
    } else if (dir === 'srv->bot' && answer.safeParse(o).success) {
      const { echo, data } = answer.parse(o)
      const id = answers.get(echo)?.data?.message_id
      if (data?.message_id !== undefined && id !== undefined) ids.set(String(data.message_id), id)
    } else if (dir === 'bot->srv') {
      const { action, params, echo } = call.parse(o)
      if (group === 0 && 'group_id' in params) group = (await firstGroup()) ?? 0
      ws.send(ours(call.parse(o)))
      const got = answer.parse(
        await program.next((json) => answer.safeParse(json).data?.echo === echo),
      )
      answers.set(echo, got)
      if (got.retcode !== 0) failures.push(`${action} ${got.retcode}`)
      for (const { type, data } of params.message ?? [])
        if (type === 'text')
          said.push(String(data['text']).trim().replace('30001', String(ada.user.id)))
    }
  }

  async function firstGroup() {
    ws.send(JSON.stringify({ action: 'get_group_list', params: {}, echo: 'groups' }))
    const groups = z.looseObject({ data: z.array(z.looseObject({ group_id: z.number() })) })
    const is = (json: unknown) => answer.safeParse(json).data?.echo === 'groups'
    return groups.parse(await program.next(is)).data[0]?.group_id
  }

  const lines: string[] = []
  for (const room of ['lobby', ...ROOMS, two]) lines.push(...(await ada.hears(room)))
  const ofBot = lines.filter((line) => line.startsWith('koishi: ')).join('\n')
  expect(said.filter((words) => !ofBot.includes(words))).toEqual([])
  expect(failures).toEqual(refused)
})
