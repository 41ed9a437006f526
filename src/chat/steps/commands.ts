import { ChatError } from '../../errors.js'
import { ack } from '../answers.js'
import type { ChatDeps } from '../chat.js'
import type { FrameContext } from '../pipeline.js'
import type { Step } from '../compose.js'

const COMMAND = /^\/([\p{L}\p{N}_-]{1,32})(?:\s+([^]*))?$/u

/**
 * A line that starts with `/name` of a known command is answered instead of delivered: its ack has seq 0,
 * because it got no number. What the command says reaches the sender alone, as a `whisper`.
 */
export const commands = ({ commands, firstBot }: ChatDeps): Step<FrameContext> =>
  async function commands_({ connection, frame, room }, next) {
    if (frame.type !== 'chat' || !room || !frame.data.startsWith('/')) return next()
    const [, name = '', args = ''] = COMMAND.exec(frame.data) ?? []
    const command = commands.get(name.toLowerCase())
    if (!command) return next()
    if (frame.files?.length) throw new ChatError('bad_request', { values: { field: 'files' } })

    const answer = await command({
      room,
      user: connection.user,
      args: args.trim(),
      lang: connection.lang,
    })
    connection.send(ack(frame.cid, { room: room.name, seq: 0, at: Date.now() }))
    if (answer) {
      connection.send({
        type: 'whisper',
        room: room.name,
        user: firstBot(),
        data: answer,
        cause: 0,
      })
    }
  }
