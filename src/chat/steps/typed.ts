import type { ChatDeps } from '../deps.js'
import { commandLine } from '../command-line.js'
import type { Step } from '../compose.js'
import type { FrameContext } from '../pipeline.js'
import { may } from '../rights.js'
import { typedAs } from '../typed.js'

/**
 * A command of moderators becomes the frame that it stands for: what comes after sees no line any more. Refused,
 * the line goes back as any other does.
 */
export const typed = ({ order, firstBot }: ChatDeps): Step<FrameContext> =>
  async function typed(ctx, next) {
    const { connection, frame, room } = ctx
    // What a bot says commands nobody.
    if (connection.grant) return next()
    const line = frame.type === 'chat' && room && commandLine(frame.data)
    const command = line ? typedAs(line.name) : undefined
    if (!line || !room || !command || !('cid' in frame)) return next()

    // Before anybody is looked for by name: who may not do it learns nothing by it.
    const refusal = may(command.asks, order.asking(connection, room))
    if (refusal) throw refusal
    const { cid } = frame
    const { lang } = connection
    const asked = { cid, room: room.name, args: line.args, lang }
    const { frame: meant, done } = await command.means(asked, order)
    ctx.frame = meant
    await next()
    if (done === undefined) return
    connection.send({ type: 'whisper', room: room.name, user: firstBot(), data: done, cause: 0 })
  }
