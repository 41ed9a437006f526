import { z } from 'zod'
import type { ControlAct } from '../acts.js'
import { needRoom } from '../find.js'
import { byConsole } from '../hands.js'

const taken = z.object({ room: z.string(), message: z.int().min(1) })
const pinned = taken.extend({ on: z.boolean() })

/** Takes a message back for good, whoever said it and however long ago. */
export const messageRecall: ControlAct = async (args, hands) => {
  const { room: name, message } = taken.parse(args)
  const room = await needRoom(hands, name)
  await hands.chat.alter({ type: 'recall', message }, byConsole(room, hands))
  return { room: room.name, message }
}

/** Pins a message for everybody in its room, or no longer. */
export const messagePin: ControlAct = async (args, hands) => {
  const { room: name, message, on } = pinned.parse(args)
  const room = await needRoom(hands, name)
  await hands.chat.alter({ type: 'pin', message, on }, byConsole(room, hands))
  return { room: room.name, message, on }
}
