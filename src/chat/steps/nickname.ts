import { ack } from '../answers.js'
import type { ChatDeps } from '../deps.js'
import type { Connection } from '../connection.js'
import type { FrameContext } from '../pipeline.js'
import type { Step } from '../compose.js'

/** Asks the random-name plugin for a nickname that is free. */
export const nickname = ({ nickname }: ChatDeps): Step<FrameContext> =>
  function nicknameStep({ connection, frame }, next) {
    return frame.type === 'nickname' ? find(frame.cid, connection, nickname) : next()
  }

async function find(
  cid: string,
  connection: Connection,
  nickname: ChatDeps['nickname'],
): Promise<void> {
  connection.send(ack(cid, { name: await nickname(connection.lang) }))
}
