import type { WebSocket } from 'ws'

/** What a bot's program was told over its WebSocket, in order, and waits for without sleeping. */
export class FramesHeard<Frame> {
  readonly frames: Frame[] = []
  #wake: () => void = () => undefined

  /** @param read Makes a frame of what came as JSON; throws if it is none. */
  constructor(ws: WebSocket, read: (json: unknown) => Frame) {
    ws.on('message', (data: Buffer) => {
      this.frames.push(read(JSON.parse(data.toString())))
      this.#wake()
    })
  }

  /** The first frame that fits, whether it is here or still to come. */
  async next(fits: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = this.frames.find(fits)
      if (found) return found
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
