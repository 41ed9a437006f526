import { commandIn, slashed } from '../../command-line.js'
import type { ChatDeps } from '../deps.js'
import type { Step } from '../compose.js'
import type { FrameContext } from '../pipeline.js'
import { may } from '../rights.js'
import { typedAs, type Typed, type TypedLine } from '../typed.js'

/**
 * A command of moderators becomes the frame that it stands for: what comes after sees no line any more. Refused,
 * the line goes back as any other does.
 */
export const typed = (deps: ChatDeps): Step<FrameContext> =>
  function typed(ctx, next) {
    const { connection, frame, room } = ctx
    // What a bot says commands nobody.
    if (frame.type !== 'chat' || !room || connection.grant) return next()
    const line = commandIn(slashed(frame.data))
    const command = line && typedAs(line.name)
    if (!command) return next()
    const asked = { cid: frame.cid, room: room.name, args: line.args, lang: connection.lang }
    return obey(command, asked, { ...deps, ctx, next })
  }

async function obey(
  command: Typed,
  asked: TypedLine,
  { ctx, next, order, firstBot }: ChatDeps & { ctx: FrameContext; next: () => Promise<void> },
): Promise<void> {
  const { connection, room } = ctx
  // Before anybody is looked for by name: who may not do it learns nothing by it.
  const refusal = may(command.asks, order.asking(connection, room))
  if (refusal) throw refusal
  const { frame: meant, done } = await command.means(asked, order)
  ctx.frame = meant
  await next()
  if (done === undefined) return
  connection.send({ type: 'whisper', room: asked.room, user: firstBot(), data: done, cause: 0 })
}
