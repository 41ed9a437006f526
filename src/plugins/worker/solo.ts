import type { MessageContext } from '../../plugin.js'
import { Deputy } from './deputy.js'
import type { OfRun } from './messages.js'
import { ModuleFault } from '../module/module-fault.js'
import { sentenceOf } from '../sentence.js'
import type { Errand, Wire } from './wire.js'

export interface SoloOptions {
  ctx: MessageContext
  deputy: Deputy
  /** Key of the section whose bot or command it is. */
  section: string
  wire: Wire
}

/** A message that one bot or one command in the worker has. */
export class Solo implements Errand {
  /** What a command answered. Rejects with what was thrown; with the signal's reason when its time is up. */
  readonly ended: Promise<unknown>
  readonly #options: SoloOptions
  readonly #stop = (): void => this.#abort()
  #resolve!: (value: unknown) => void
  #reject!: (error: unknown) => void

  constructor(options: SoloOptions) {
    this.#options = options
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    options.ctx.signal.addEventListener('abort', this.#stop, { once: true })
  }

  take(message: OfRun): void {
    switch (message.type) {
      case 'next':
      case 'walked':
        return // of plugins
      case 'done':
        this.#close()
        return this.#resolve(message.value)
      case 'failed':
        return this.lost(new ModuleFault(message.fault))
      case 'denied':
        return this.#deny(message.sentence)
      default:
        return this.#options.deputy.take(message)
    }
  }

  lost(error: Error): void {
    this.#close()
    this.#reject(error)
  }

  atWork(): { sure: readonly string[]; perhaps: readonly string[] } {
    return { sure: [this.#options.section], perhaps: [] }
  }

  #abort(): void {
    const { wire, ctx } = this.#options
    const { reason } = ctx.signal
    wire.post({ type: 'abort', run: wire.run, step: 0, reason: sentenceOf(reason) })
    this.lost(reason)
  }

  #deny(sentence: string): void {
    try {
      this.#options.ctx.reject(sentence)
    } catch (error) {
      this.#close()
      this.#reject(error)
    }
  }

  #close(): void {
    this.#options.ctx.signal.removeEventListener('abort', this.#stop)
    this.#options.wire.close()
  }
}
