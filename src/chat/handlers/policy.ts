import { randomUUID } from 'node:crypto'
import { ChatError } from '../../errors.js'
import { note, sayNotes } from '../../i18n/notes.js'
import type { BotPolicy, Note } from '../../protocol.js'
import { ack } from '../answers.js'
import { actor, noteAct } from '../order/acts.js'
import type { RoomHandler } from '../pipeline.js'

/**
 * What a bot may do in a room, set by its moderators and told to everybody in it. What is so already is no
 * change, and nobody is told.
 */
export const policy: RoomHandler<'policy'> = async ({ frame, room, connection }, deps) => {
  const { cid, bot: botId, mode, callers, quiet } = frame
  const { order, policies, lang } = deps
  const bot = room.members().find(({ id, kind }) => id === botId && kind === 'bot')
  if (!bot) throw new ChatError('no_such_user')

  await order.inTurn(async () => {
    const before = policies.of(room.id, botId)
    const { quiet: hours, ...rest } = before
    const wanted = quiet === undefined ? hours : (quiet ?? undefined)
    const now: BotPolicy = {
      ...rest,
      ...(mode && { mode }),
      ...(callers && { callers }),
      ...(wanted && { quiet: wanted }),
    }
    const notes = notesOf(before, now, { name: connection.user.name, bot: bot.name })
    if (notes.length === 0) return
    await policies.set(room.id, botId, now)
    deps.botRuled(room, botId)

    const target = { id: botId, name: bot.name }
    const entry = { by: actor(connection), action: 'policy', roomId: room.id, target }
    await noteAct(order, { ...entry, details: { ...now } })
    room.tell(JSON.stringify({ type: 'policy', room: room.name, bot: botId, policy: now }))
    const data = sayNotes(notes, lang)
    await room.notice({ user: connection.user, cid: `policy.${randomUUID()}`, data, notes })
  })
  connection.send(ack(cid, { room: room.name, bot: botId, policy: policies.of(room.id, botId) }))
}

const MODES = { off: 'botOff', called: 'botCalled', active: 'botActive' } as const
const CALLERS = {
  everybody: 'botForEverybody',
  members: 'botForMembers',
  moderators: 'botForModerators',
} as const

/** A note for each thing that changed. */
function notesOf(before: BotPolicy, now: BotPolicy, who: { name: string; bot: string }): Note[] {
  const { quiet } = now
  const same = quiet?.from === before.quiet?.from && quiet?.until === before.quiet?.until
  const notes = [
    now.mode !== before.mode && note(MODES[now.mode], who),
    now.callers !== before.callers && note(CALLERS[now.callers], who),
    !same && (quiet ? note('botQuiet', { ...who, ...quiet }) : note('botQuietOff', who)),
  ]
  return notes.filter((one) => one !== false)
}
