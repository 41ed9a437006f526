import { commandIn, slashed } from '../../command-line.js'
import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import { modesIn } from '../bots/modes.js'
import type { ChatDeps } from '../deps.js'
import type { Connection } from '../connection.js'
import type { FrameContext } from '../pipeline.js'
import type { Step } from '../compose.js'
import { fillSpaced, texts } from '../../i18n/index.js'
import type { FrameOf } from '../../frames.js'
import type { CommandFound } from '../face.js'
import type { Room } from '../room.js'
import type { User } from '../../protocol.js'

/**
 * A line that starts with `/name` of a known command is answered instead of delivered. Its ack has the number
 * of the event that the command made; without one, what it says reaches the sender alone, as a `whisper`.
 */
export const commands = (deps: ChatDeps): Step<FrameContext> =>
  function commandStep({ connection, frame, room }, next) {
    // What a bot says commands nobody.
    if (frame.type !== 'chat' || !room || connection.grant) return next()
    const line = commandIn(slashed(frame.data))
    if (!line) return next()
    const found = deps.commands.get(line.name, room.name, modesIn(room, deps.policies))
    return found ? obey(found, line, { connection, frame, room, deps }) : next()
  }

interface Given {
  connection: Connection
  frame: FrameOf<'chat'>
  room: Room
  deps: ChatDeps
}

async function obey(
  { command, bot: name }: CommandFound,
  { args }: { args: string },
  { connection, frame, room, deps }: Given,
): Promise<void> {
  const bot = room.members().find((user) => user.kind === 'bot' && user.name === name)
  if (bot) refuseUnheard(bot, { room, connection }, deps)
  const { user, lang } = connection
  const { cid, data: line } = frame
  const before = await deps.events.known(room.id, user.id, cid, line)
  if (before) throw new ChatError('cid_conflict') // `knownCid` acknowledges what it did, if it is the same line
  const answer = await command({ room, user, cid, line, args, lang })

  const made = typeof answer === 'object' ? { seq: answer.seq, at: answer.at } : {}
  connection.send(ack(cid, { room: room.name, at: deps.clock.now(), ...made }))
  if (typeof answer === 'string' && answer !== '') {
    connection.send({
      type: 'whisper',
      room: room.name,
      user: bot ?? deps.firstBot(),
      data: answer,
      cause: 0,
    })
  }
}

/** It may be off in this room, or for moderators alone. @throws {ChatError} `denied` with the way out. */
function refuseUnheard(
  bot: User,
  { room, connection }: { room: Room; connection: Connection },
  { policies }: ChatDeps,
): void {
  const why = policies.refusal(room, bot.id, connection.user)
  if (!why) return
  const sentence = fillSpaced(texts[connection.lang].bots[why], { name: bot.name })
  throw new ChatError('denied', { sentence })
}
