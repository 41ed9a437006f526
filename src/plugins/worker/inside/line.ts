import type { Middleware, PluginLog } from '../../../plugin.js'
import type { Original } from '../../chain/line-message.js'
import type { ContextData, FromWorker, StepFault, ToRun, ToWorker } from '../messages.js'
import { faultData } from '../../module/module-fault.js'
import { Pass, type Clock } from '../../chain/pass.js'
import { AWAY, WAITS, type Progress } from '../progress.js'
import { sentenceOf } from '../../sentence.js'
import { WorkerContext } from './context.js'

/** A plugin that a line goes through. */
export interface WorkerStep {
  run: Middleware
  log: PluginLog
  /** The module's file. */
  file?: string
}

export interface WorkerLineOptions {
  run: number
  cell: number
  progress: Progress
  steps: readonly WorkerStep[]
  data: ContextData
  state: Record<string, unknown>
  post: (message: FromWorker) => void
}

/**
 * A line among plugins of this thread: each is a {@link Pass} inside the one before. The server times them, and
 * takes over where one takes too long; then those behind it are its affair.
 */
export class WorkerLine implements Original, Clock {
  id: number
  at: number
  text: string
  readonly hop: number
  readonly replyTo: number | undefined
  readonly edits: number | undefined
  readonly mentions: readonly number[]
  readonly #options: WorkerLineOptions
  readonly #passes: Pass[] = []
  readonly #contexts: WorkerContext[] = []
  readonly #delivered: Promise<void>
  #resolve!: () => void
  #refuse!: (error: Error) => void
  #faults: StepFault[] = []
  #denied: { step: number; sentence: string } | undefined

  constructor(options: WorkerLineOptions) {
    const { id, at, text, hop, replyTo, edits, mentions } = options.data.message
    this.#options = options
    this.id = id
    this.at = at
    this.text = text
    this.hop = hop
    this.replyTo = replyTo
    this.edits = edits
    this.mentions = mentions
    this.#delivered = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#refuse = reject
    })
    this.#delivered.catch(() => undefined) // it may be that nobody waits for it any more
  }

  /** Through all of them, and back. Never rejects. */
  async walk(): Promise<void> {
    const { run, post } = this.#options
    if (this.#moves(WAITS, 0)) await this.#enter(0).catch(() => undefined) // the server knows
    for (const context of this.#contexts) context.close()
    post({
      type: 'walked',
      run,
      faults: this.#faults,
      ...(this.#denied && { denied: this.#denied }),
    })
  }

  take(message: ToRun | Extract<ToWorker, { type: 'delivered' }>): void {
    switch (message.type) {
      case 'delivered':
        this.id = message.id
        this.at = message.at
        return message.error === undefined
          ? this.#resolve()
          : this.#refuse(new Error(message.error))
      case 'abort':
        return this.#passes[message.step]?.stop(new Error(message.reason))
      default:
        return this.#contexts[message.step]?.take(message)
    }
  }

  begins(pass: Pass): void {
    const { progress, cell } = this.#options
    if (pass.begun) progress.back(cell, this.#passes.indexOf(pass), pass.since)
  }

  pauses(): void {
    // whoever comes next says so
  }

  async #enter(index: number): Promise<void> {
    const { steps, data, state, run, post } = this.#options
    const step = steps[index]
    if (!step) throw new Error(`there is no step ${index}`)
    const { log } = step
    const pass = new Pass({
      line: this,
      on: () => this.#goOn(index),
      clock: this,
      limit: Infinity,
      log,
      judge: () => this.#judge(index),
    })
    const around = { data, line: this, turn: pass, state, log }
    const context = new WorkerContext(around, { run, step: index, post })
    this.#passes[index] = pass
    this.#contexts[index] = context
    await pass.take(step.run, context)
  }

  /** The plugin behind this one; the rest of the chain behind the last one, and as soon as one changed the text. */
  #goOn(index: number): Promise<void> {
    const { steps, data } = this.#options
    const last = index + 1 === steps.length || this.text !== data.message.text
    if (!last && this.#moves(index, index + 1)) return this.#enter(index + 1)
    if (last && this.#moves(index, AWAY)) this.#leave(index + 1)
    return this.#delivered
  }

  #leave(upTo: number): void {
    const { run, post } = this.#options
    post({ type: 'next', run, upTo, text: this.text, faults: this.#faults })
    this.#faults = []
  }

  #judge(index: number): void {
    const pass = this.#passes[index]
    const { failure, begun = false, refused = false, denied } = pass ?? {}
    if (denied) {
      this.#denied = { step: index, sentence: sentenceOf(failure) }
      throw failure
    }
    if (failure === undefined) return
    this.#contexts[index]?.flush()
    const fault = faultData(failure, this.#options.steps[index]?.file)
    this.#faults.push({ step: index, fault, begun, refused })
  }

  /** Whether the line is still in this thread's hands. */
  #moves(from: number, to: number): boolean {
    const { progress, cell } = this.#options
    return progress.move(cell, { from, to, since: performance.now() })
  }
}
