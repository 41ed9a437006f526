import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Port } from '../../bots/port.js'
import type { RoomFace } from '../../chat/face.js'
import { ChatError } from '../../errors.js'
import type { Lang } from '../../i18n/index.js'
import { userNumber, userOf, type Numbers } from '../numbers.js'
import { parsed } from '../parsed.js'
import type { PluginLog } from '../../plugin.js'
import { inVain, Refusal } from '../refusal.js'
import { BadMessage, calledIn, TOO_FAST } from '../words.js'
import { sender } from './events.js'
import { fromMessage, message, toSegments, type Message } from './segments.js'

/** https://github.com/botuniverse/onebot-11/blob/master/communication/ws.md#api-接口, and what go-cqhttp and Lagrange answer. */
const RetCode = { ok: 0, accepted: 1, bad: 1400, unknown: 1404, failed: 100 } as const

export interface ActionOptions {
  bot: string
  port: Port
  numbers: Numbers
  lang: Lang
  version: string
  /** Of its plugin. */
  log: PluginLog
}

/** As a number or as its digits: nothing else stands for one. */
const whole = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
])
const id = whole.refine((one) => one >= 0)
const echoed = z.object({ echo: z.unknown() }).catch({ echo: undefined })
const call = z.object({
  action: z.string(),
  params: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((params) => params ?? {}),
})
const NO_CALL = 'a call is {"action": "…", "params": {…}}'
const sendParams = z.object({
  message_type: z.enum(['group', 'private']).optional(),
  group_id: id.optional(),
  user_id: id.optional(),
  message,
  auto_escape: z.union([z.boolean(), z.stringbool()]).default(false),
})
const forwardParams = z.object({
  group_id: id.optional(),
  user_id: id.optional(),
  messages: message,
})
const messageParams = z.object({ message_id: whole })
const groupParams = z.object({ group_id: id })
const memberParams = z.object({ group_id: id, user_id: id })
const userParams = z.object({ user_id: id })
const quickParams = z.object({
  context: z.record(z.string(), z.unknown()),
  operation: z.object({
    reply: message.optional(),
    auto_escape: z.boolean().default(false),
    delete: z.boolean().optional(),
  }),
})

type Action = (params: Record<string, unknown>) => unknown

/**
 * Does what a bot asks for. The answer is never thrown: a bot that hears nothing waits for minutes.
 * @returns the frame that answers, with the bot's `echo` untouched; undefined if the text is no call at all.
 */
export function openActions(options: ActionOptions): (text: string) => Promise<object | undefined> {
  const actions = actionsOf(options)

  return async function act(text) {
    const json = parsed(text)
    const { echo } = echoed.parse(json)
    const back = echo === undefined ? {} : { echo }
    const read = call.safeParse(json)
    if (!read.success) return { ...failed(RetCode.bad, NO_CALL), ...back }
    const { action, params } = read.data
    const name = action.replace(/_(?:async|rate_limited)$/, '')
    const run = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (!run) return { ...failed(RetCode.unknown, `there is no action ${action} here`), ...back }
    if (action.endsWith('_async')) {
      void settled(() => run(params), options.log)
      return { status: 'async', retcode: RetCode.accepted, data: null, ...back }
    }
    return { ...(await settled(() => run(params), options.log)), ...back }
  }
}

async function settled(run: () => unknown, log: PluginLog): Promise<object> {
  try {
    return { status: 'ok', retcode: RetCode.ok, data: (await run()) ?? null }
  } catch (error) {
    if (error instanceof z.ZodError) return failed(RetCode.bad, z.prettifyError(error))
    if (error instanceof BadMessage) return failed(RetCode.bad, error.message)
    if (error instanceof Refusal) return failed(error.code, error.message)
    if (error instanceof ChatError) return failed(RetCode.failed, error.code)
    return failed(RetCode.failed, inVain(error, log).sentence)
  }
}

const failed = (retcode: number, sentence: string) => ({
  status: 'failed',
  retcode,
  data: null,
  message: sentence,
  wording: sentence,
})

function actionsOf({ bot, port, numbers, lang, version }: ActionOptions): Record<string, Action> {
  const send = (params: Record<string, unknown>, forced?: 'group' | 'private') => {
    const { message_type, group_id, user_id, message: sent, auto_escape } = sendParams.parse(params)
    const kind = forced ?? message_type ?? (group_id === undefined ? 'private' : 'group')
    return deliver(kind, { group_id, user_id }, sent, auto_escape)
  }
  const deliver = async (
    kind: 'group' | 'private',
    { group_id, user_id }: { group_id?: number | undefined; user_id?: number | undefined },
    sent: Message,
    plain: boolean,
  ) => {
    const room = kind === 'group' ? await groupOf(group_id) : await friendOf(user_id)
    const nameOf = (wanted: number) => room.members().find((one) => one.id === wanted)?.name
    const { text, quoted } = fromMessage(sent, { plain, lang, nameOf })
    if (text === '') throw new Refusal(RetCode.bad, 'there is nothing to say in this message')
    const place = quoted === undefined ? undefined : numbers.placeOf(quoted)
    const quotes = place?.roomId === room.id ? { quotes: place.seq } : {}
    const line = {
      room: room.name,
      text,
      key: randomUUID(),
      called: true,
      patient: true,
      ...quotes,
    }
    const seq = await port.post(bot, line)
    if (seq === 0) throw new Refusal(RetCode.failed, TOO_FAST)
    return { message_id: await numbers.of({ roomId: room.id, seq }) }
  }
  const groupOf = async (group?: number): Promise<RoomFace> => {
    const room = group === undefined ? undefined : await port.roomById(bot, group)
    if (!room || room.two) throw new Refusal(RetCode.failed, 'there is no such group here')
    return room
  }
  const friendOf = async (user?: number): Promise<RoomFace> => {
    const room = user === undefined ? undefined : await port.roomOfTwo(bot, userOf(user))
    if (!room) throw new Refusal(RetCode.failed, 'this person has not written to the bot yet')
    return room
  }
  const lineOf = async (params: Record<string, unknown>) => {
    const { message_id } = messageParams.parse(params)
    const place = numbers.placeOf(message_id)
    const room = place && (await port.roomById(bot, place.roomId))
    const event = place && (await room?.bySeq(place.seq))
    if (!room || event?.type !== 'chat' || !port.mayRead(bot, event, room))
      throw new Refusal(RetCode.failed, 'there is no such message')
    return { message_id, room, event }
  }
  const takeBack = async (params: Record<string, unknown>) => {
    const { room, event } = await lineOf(params)
    await port.recall(bot, { room: room.name, seq: event.seq })
  }
  const groupInfo = (room: RoomFace) => ({
    group_id: room.id,
    group_name: room.title,
    member_count: room.members().length,
    max_member_count: 0,
  })
  const memberInfo = (room: RoomFace, wanted: number) => {
    const found = room.members().find((one) => one.id === wanted)
    if (!found) throw new Refusal(RetCode.failed, 'there is no such member in this group')
    return { group_id: room.id, ...sender(found), join_time: 0, last_sent_time: 0, title: '' }
  }
  const self = () => port.self(bot) ?? { id: 0, name: bot }

  return {
    get_login_info: () => ({ user_id: userNumber(self().id), nickname: self().name }),
    get_status: () => ({ online: true, good: true }),
    get_version_info: () => ({
      app_name: 'chat-room',
      app_version: version,
      protocol_version: 'v11',
    }),
    can_send_image: () => ({ yes: false }),
    can_send_record: () => ({ yes: false }),
    send_msg: (params) => send(params),
    send_group_msg: (params) => send(params, 'group'),
    send_private_msg: (params) => send(params, 'private'),
    send_group_forward_msg(params) {
      const { messages, ...to } = forwardParams.parse(params)
      return deliver('group', to, messages, false)
    },
    send_private_forward_msg(params) {
      const { messages, ...to } = forwardParams.parse(params)
      return deliver('private', to, messages, false)
    },
    delete_msg: (params) => takeBack(params),
    async get_msg(params) {
      const { message_id, room, event } = await lineOf(params)
      const { reply_to, at, user, data } = event
      const quoted = reply_to && (await numbers.of({ roomId: room.id, seq: reply_to }))
      return {
        time: Math.floor(at / 1_000),
        message_type: room.two ? 'private' : 'group',
        ...(!room.two && { group_id: room.id }),
        message_id,
        real_id: message_id,
        sender: sender(user),
        message: toSegments(data, calledIn(event, room), quoted),
      }
    },
    get_group_list: async () => (await port.rooms(bot)).filter(({ two }) => !two).map(groupInfo),
    get_group_info: async (params) => groupInfo(await groupOf(groupParams.parse(params).group_id)),
    async get_group_member_list(params) {
      const room = await groupOf(groupParams.parse(params).group_id)
      return room.members().map(({ id: member }) => memberInfo(room, member))
    },
    async get_group_member_info(params) {
      const { group_id, user_id } = memberParams.parse(params)
      return memberInfo(await groupOf(group_id), userOf(user_id))
    },
    async get_stranger_info(params) {
      const { user_id } = userParams.parse(params)
      const members = (await port.rooms(bot)).flatMap((room) => room.members())
      const found = members.find(({ id: member }) => member === userOf(user_id))
      if (!found) throw new Refusal(RetCode.failed, 'there is nobody of this number')
      return { user_id, nickname: found.name, sex: 'unknown', age: 0 }
    },
    get_friend_list: () => [],
    async '.handle_quick_operation'(params) {
      const { context, operation } = quickParams.parse(params)
      if (operation.delete) await takeBack(context)
      if (operation.reply !== undefined)
        await send({ ...context, message: operation.reply, auto_escape: operation.auto_escape })
    },
  }
}
