import type { ChatDeps } from '../deps.js'
import type { Step } from '../compose.js'
import type { FrameContext } from '../pipeline.js'
import { may } from '../rights.js'
import { outOfScope } from '../bots/scopes.js'

/** Asks the table of rights of every frame, before anything is done for it. */
export const rights = ({ order }: ChatDeps): Step<FrameContext> =>
  function rights({ connection, frame, room }, next) {
    const { grant } = connection
    const refusal =
      (grant && outOfScope(frame, grant)) ?? may(frame.type, order.asking(connection, room))
    if (refusal) throw refusal
    return next()
  }
