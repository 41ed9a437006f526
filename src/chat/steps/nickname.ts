import { ack } from '../answers.js'
import type { ChatDeps } from '../deps.js'
import type { FrameContext } from '../pipeline.js'
import type { Step } from '../compose.js'

/** Asks the random-name plugin for a nickname that is free. */
export const nickname = ({ nickname }: ChatDeps): Step<FrameContext> =>
  async function nicknameStep({ connection, frame }, next) {
    if (frame.type !== 'nickname') return next()
    connection.send(ack(frame.cid, { name: await nickname(connection.lang) }))
  }
