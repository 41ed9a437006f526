import { EventEmitter } from 'node:events'
import { checkFrame } from '../frames.js'
import { ChatError } from '../errors.js'
import { nack } from './answers.js'
import { Connection, type Outlet, type Wire } from './connection.js'
import type { Ask } from './face.js'
import type { FrameContext } from './pipeline.js'
import { framesIn } from './wire.js'

/**
 * Takes the frame of somebody without a connection through the same pipeline as any other, and hands back its answer.
 * @param run Takes a frame through the pipeline; never rejects.
 */
export const createAsk = (run: (ctx: FrameContext) => Promise<void>): Ask =>
  async function ask({ visitor, lang, address, origin, frame: raw }) {
    const parsed = checkFrame(raw)
    if (!parsed.ok) {
      const { code, field = '' } = parsed
      return { ...nack(null, new ChatError(code, { values: { field } }), lang), field }
    }
    const answers: Record<string, unknown>[] = []
    const socket = new Ear((text) => answers.push(JSON.parse(text)))
    const wake = (connection: Connection) => void connection.flush()
    const ws = new Line()
    const connection = new Connection({
      ws,
      socket,
      visitor,
      mode: 'v1',
      lang,
      address,
      origin,
      wake,
    })
    await run({ connection, frame: parsed.frame, queued: () => undefined })
    ws.terminate()
    return answers.find(({ cid }) => cid === raw['cid'])
  }

/** Stands for the WebSocket that is not there. */
class Line extends EventEmitter implements Wire {
  readonly OPEN = 1
  readyState = 1

  pause(): void {}
  resume(): void {}

  close(): void {
    this.terminate()
  }

  terminate(): void {
    this.readyState = 3
    this.emit('close')
  }
}

/** Where an answer goes instead of into a socket. */
class Ear extends EventEmitter implements Outlet {
  readonly writableLength = 0
  readonly #hear: (text: string) => void

  constructor(hear: (text: string) => void) {
    super()
    this.#hear = hear
  }

  write(bytes: Buffer): void {
    for (const { payload } of framesIn(bytes)) this.#hear(payload.toString())
  }
}
