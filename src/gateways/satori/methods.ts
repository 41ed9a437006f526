import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Port } from '../../bots/port.js'
import type { RoomFace } from '../../chat/face.js'
import { ChatError } from '../../errors.js'
import type { Lang } from '../../i18n/index.js'
import type { Answer } from '../call.js'
import type { PluginLog } from '../../plugin.js'
import { inVain, Refusal } from '../refusal.js'
import { BadMessage, TOO_FAST } from '../words.js'
import { fromContent } from './content.js'
import { channelOf, guildOf, memberOf, messageOf, userOf, type Login } from './model.js'
import type { Updates } from './updates.js'

export interface MethodOptions {
  bot: string
  port: Port
  updates: Updates
  lang: Lang
  login: () => Login
  /** Of its plugin. */
  log: PluginLog
}

const id = z.union([z.string(), z.number()]).transform(String)
const inChannel = z.object({ channel_id: id })
const ofMessage = z.object({ channel_id: id, message_id: id })
const page = z.object({ next: id.nullish() })
const listed = page.extend({
  channel_id: id,
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
const said = z.object({ content: z.string() })
const ofGuild = z.object({ guild_id: id })
const ofUser = z.object({ user_id: id })

/** Lines that can be listed: those at hand. */
const LINES = 200

type Method = (body: unknown) => unknown

/**
 * What a bot's program may ask for (https://satori.chat/en-US/protocol/api.html). Never rejects.
 * @returns 404 for what this server cannot do, 400 for a body that is not as it should be, 403, 429.
 */
export function openMethods(
  options: MethodOptions,
): (name: string, body: unknown) => Promise<Answer> {
  const methods = methodsOf(options)
  return async function call(name, body) {
    const run = Object.hasOwn(methods, name) ? methods[name] : undefined
    if (!run) return { status: 404, body: { message: `there is no method ${name} here` } }
    try {
      return { status: 200, body: (await run(body)) ?? {} }
    } catch (error) {
      return refused(error, options.log)
    }
  }
}

function refused(error: unknown, log: PluginLog): Answer {
  const say = (status: number, message: string) => ({ status, body: { message } })
  if (error instanceof z.ZodError) return say(400, z.prettifyError(error))
  if (error instanceof Refusal) return say(error.code, error.message)
  if (error instanceof ChatError) return say(error.code === 'no_such_room' ? 404 : 403, error.code)
  if (error instanceof BadMessage) return say(400, error.message)
  const { why, sentence } = inVain(error, log)
  return say({ rule: 403, pace: 429, own: 500 }[why], sentence)
}

function methodsOf({ bot, port, updates, lang, login }: MethodOptions): Record<string, Method> {
  const roomOf = async (name: string): Promise<RoomFace> => {
    const room = await port.room(bot, name)
    if (!room) throw new Refusal(404, 'there is no such channel here')
    return room
  }
  const guildRoom = async (body: unknown) => {
    const room = await roomOf(ofGuild.parse(body).guild_id)
    if (room.two) throw new Refusal(404, 'there is no such guild here')
    return room
  }
  const lineOf = async (body: unknown) => {
    const { channel_id, message_id } = ofMessage.parse(body)
    const room = await roomOf(channel_id)
    const seq = Number(message_id)
    const event = Number.isSafeInteger(seq) && seq > 0 ? await room.bySeq(seq) : undefined
    if (event?.type !== 'chat' || event.recalled || !port.mayRead(bot, event, room))
      throw new Refusal(404, 'there is no such message')
    return { room, event }
  }
  const written = (content: string, room: RoomFace) => {
    const nameOf = (wanted: number) => room.members().find((one) => one.id === wanted)?.name
    const lines = fromContent(content, { lang, nameOf })
    if (lines.length === 0) throw new Refusal(400, 'there is nothing to say in this message')
    return lines
  }
  const known = async (wanted: string) => {
    const members = (await port.rooms(bot)).flatMap((room) => room.members())
    const found = members.find((one) => String(one.id) === wanted)
    if (!found) throw new Refusal(404, 'there is nobody of this id in the rooms of this bot')
    return found
  }
  const all = (data: readonly unknown[]) => ({ data })

  return {
    'login.get': () => login(),
    async 'message.create'(body) {
      const { content } = said.parse(body)
      const room = await roomOf(inChannel.parse(body).channel_id)
      const lines = written(content, room)
      const messages = []
      for (const { text, quoted } of lines) {
        const line = { room: room.name, text, key: randomUUID(), called: true, patient: true }
        const seq = await port.post(bot, quoted === undefined ? line : { ...line, quotes: quoted })
        if (seq === 0) throw new Refusal(429, TOO_FAST)
        const event = await room.bySeq(seq)
        messages.push(
          event ? messageOf(event, room) : { id: String(seq), channel: channelOf(room) },
        )
      }
      return messages
    },
    async 'message.update'(body) {
      const { content } = said.parse(body)
      const { room, event } = await lineOf(body)
      const text = written(content, room).map((line) => line.text)
      await updates.update(room.name, event.seq, text.join('\n'))
    },
    async 'message.delete'(body) {
      const { room, event } = await lineOf(body)
      await port.recall(bot, { room: room.name, seq: event.seq })
    },
    async 'message.get'(body) {
      const { room, event } = await lineOf(body)
      return messageOf(event, room)
    },
    async 'message.list'(body) {
      const { channel_id, next, limit } = listed.parse(body)
      const room = await roomOf(channel_id)
      const lines = (await room.history(LINES)).filter(
        (event) =>
          event.type === 'chat' &&
          !event.recalled &&
          event.seq < Number(next ?? Infinity) &&
          port.mayRead(bot, event, room),
      )
      const data = lines.slice(-limit)
      const more = lines.length > data.length && data[0] && { next: String(data[0].seq) }
      return { data: data.map((event) => messageOf(event, room)), ...more }
    },
    'channel.get': async (body) => channelOf(await roomOf(inChannel.parse(body).channel_id)),
    'channel.list': async (body) => all([channelOf(await guildRoom(body))]),
    'guild.get': async (body) => guildOf(await guildRoom(body)),
    'guild.list': async () => all((await port.rooms(bot)).filter(({ two }) => !two).map(guildOf)),
    async 'guild.member.get'(body) {
      const room = await guildRoom(body)
      const { user_id } = ofUser.parse(body)
      const found = room.members().find((one) => String(one.id) === user_id)
      if (!found) throw new Refusal(404, 'there is no such member in this guild')
      return memberOf(found)
    },
    'guild.member.list': async (body) => all((await guildRoom(body)).members().map(memberOf)),
    'user.get': async (body) => userOf(await known(ofUser.parse(body).user_id)),
    async 'user.channel.create'(body) {
      const room = await port.roomOfTwo(bot, Number(ofUser.parse(body).user_id))
      if (!room) throw new Refusal(403, 'this person has not written to the bot yet')
      return channelOf(room)
    },
  }
}
