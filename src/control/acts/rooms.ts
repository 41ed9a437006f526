import { z } from 'zod'
import { checkKeeping, checkTopic, keep } from '../../chat/keep.js'
import { titleOf } from '../../chat/room.js'
import { roomChange } from '../../frames.js'
import { isOfTwo, roomName } from '../../room-name.js'
import type { RoomRow } from '../../store/store.js'
import type { ControlAct } from '../acts.js'
import { ControlError } from '../control-error.js'
import { needRoom } from '../find.js'
import { byConsole, keeper, type AskedHands } from '../hands.js'

const named = z.object({
  room: z.string().min(1),
  topic: z.string().optional(),
  set: roomChange.default({}),
})

/** The rooms, but those of two, which are nobody else's business. */
export const roomList: ControlAct = async (_, hands) => ({
  rooms: [...hands.chat.rooms.rows()]
    .filter(({ settings }) => settings.kind === 'room')
    .map(view(hands)),
})

/** Makes a room, kept as asked. */
export const roomCreate: ControlAct = async (args, hands) => {
  const { room: raw, topic = '', set } = named.parse(args)
  const name = roomName(raw)
  if (name === undefined || isOfTwo(name)) throw new ControlError('badRoom', { room: raw })
  if (await hands.chat.rooms.find(name)) throw new ControlError('roomExists', { room: name })
  checkKeeping(set)
  const room = await hands.chat.rooms.ensure(name, '', checkTopic(topic, hands.lang))
  hands.chat.deps.telling.relist(undefined, room.row)
  await keep(room, set, keeper(hands.chat), hands.chat.deps)
  return { room: view(hands)(room.row) }
}

/** Keeps a room in another way. */
export const roomSet: ControlAct = async (args, hands) => {
  const { room: name, topic, set } = named.parse(args)
  const room = await needRoom(hands, name)
  const data = topic === undefined ? undefined : checkTopic(topic, hands.lang)
  await keep(room, set, keeper(hands.chat), hands.chat.deps)
  if (data !== undefined) await hands.chat.alter({ type: 'topic', data }, byConsole(room, hands))
  return { room: view(hands)(room.row) }
}

const view =
  ({ chat: { rooms }, lang }: AskedHands) =>
  (row: RoomRow) => {
    const { kind: _, ...settings } = row.settings
    return {
      name: row.name,
      ...settings,
      title: titleOf(row, lang),
      people: rooms.open(row.name)?.people() ?? 0,
    }
  }
