import { contextData } from './context-data.js'
import { Deputy } from './deputy.js'
import { blame, contextOf, denialOf, type Step } from '../chain/guard.js'
import type { Line } from '../chain/line.js'
import type { OfRun, StepFault, ToWorker, Way } from './messages.js'
import { ModuleFault } from '../module/module-fault.js'
import type { Away } from '../load/parts.js'
import { TAKEN, WAITS } from './progress.js'
import { sentenceOf } from '../sentence.js'
import type { Speaker } from '../chain/speaker.js'
import { Unavailable, type Thread } from './thread.js'
import { usedUp } from '../chain/watch.js'
import type { Errand, LineWire } from './wire.js'

/** Steps that stand behind each other and whose code is in one worker. */
export interface Steps {
  /** Those that are not resting, and how many steps lie before each. */
  admitted: { step: Step; away: Away; before: number }[]
  length: number
  thread?: Thread
}

/** The steps from one on that a line can go through without coming back in between. */
export function stepsAway(steps: readonly Step[], from: number): Steps {
  const found: Steps = { admitted: [], length: 0 }
  for (const step of steps.slice(from)) {
    if (typeof step.run === 'function') break
    const thread = threadOf(step.run)
    if (found.length > 0 && thread !== found.thread) break
    if (thread) found.thread = thread
    if (thread && step.circuit.admits()) {
      found.admitted.push({ step, away: step.run, before: found.length })
    }
    found.length += 1
  }
  return found
}

function threadOf(away: Away): Thread | undefined {
  try {
    return away.thread()
  } catch (error) {
    if (error instanceof Unavailable) return undefined
    throw error
  }
}

export interface PassAwayOptions {
  speaker: Speaker
  /** The chain behind so many of the steps. */
  on: (length: number) => Promise<void>
}

/**
 * Takes a line through plugins of one worker and on: there and back once, however many they are.
 * @throws {ChatError} of a plugin's `ctx.reject`, and what the rest of the chain throws.
 */
export async function passAway(line: Line, steps: Steps, options: PassAwayOptions): Promise<void> {
  const { thread, admitted, length } = steps
  if (!thread || admitted.length === 0 || !thread.hasRoom) {
    for (const { step } of admitted) step.circuit.undecided()
    return options.on(length)
  }
  const stretch = thread.walk((wire) => new Stretch(line, { ...steps, ...options, wire }))
  stretch.begin(thread.numberOf(line.state))
  return stretch.ended
}

interface StretchOptions extends Steps, PassAwayOptions {
  wire: LineWire
}

/** A line that plugins in the worker have in their hands, on the server's side. */
class Stretch implements Errand {
  /** Rejects with what refused the line. */
  readonly ended: Promise<void>
  readonly #line: Line
  readonly #options: StretchOptions
  readonly #deputies: Deputy[] = []
  /** Steps of which it is known how they fared. */
  readonly #judged = new Set<number>()
  #resolve!: (rest: Promise<void> | undefined) => void
  #reject!: (error: unknown) => void
  #rest: Promise<void> | undefined
  /** How many of them have seen it when it went on. */
  #upTo = 0
  /** The one whose time was used up. */
  #late: number | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(line: Line, options: StretchOptions) {
    this.#line = line
    this.#options = options
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    line.hands.push(this)
  }

  /** @param number Of the line, for the worker. */
  begin(number: number): void {
    const { wire, admitted } = this.#options
    const { run, cell } = wire
    const parts = admitted.map(({ away }) => away.part)
    wire.progress.open(cell)
    this.#post({ type: 'line', run, cell, parts, context: contextData(this.#line, number) })
    this.#wakeIn(this.#limit(0))
  }

  take(message: OfRun): void {
    switch (message.type) {
      case 'next':
        return this.#next(message)
      case 'walked':
        return this.#walked(message)
      case 'done':
      case 'failed':
      case 'denied':
        return // of bots and commands
      default:
        return this.#deputy(message.step).take(message)
    }
  }

  /** Whoever has it is told to stop. */
  abort(reason: Error): void {
    const { cell, progress } = this.#options.wire
    const at = progress.at(cell)
    if (at >= 0) this.#stop(at, reason)
  }

  lost(error: Error): void {
    const { cell, progress } = this.#options.wire
    const at = progress.at(cell)
    if (at >= 0) this.#fault(at, error)
    if (!this.#rest) this.#goOn(at >= 0 ? at + 1 : 0)
    this.#end()
  }

  atWork(): { sure: readonly string[]; perhaps: readonly string[] } {
    const { wire, admitted } = this.#options
    const at = wire.progress.at(wire.cell)
    const keys = admitted.map(({ away }) => away.part.section)
    const has = at === TAKEN ? this.#late : at
    const sure = has === undefined || has < 0 ? [] : keys.slice(has, has + 1)
    return { sure, perhaps: keys.slice(0, this.#upTo) }
  }

  #next({ upTo, text, faults }: Extract<Way, { type: 'next' }>): void {
    if (this.#rest) return // it went on without waiting
    this.#line.text = text
    this.#faults(faults)
    this.#goOn(upTo)
  }

  /** Goes on behind so many of them. */
  #goOn(upTo: number): void {
    const { admitted, length, on } = this.#options
    this.#upTo = upTo
    for (const { step } of admitted.slice(upTo)) step.circuit.undecided()
    this.#rest = on(admitted[upTo]?.before ?? length)
    this.#rest.then(
      () => this.#delivered(),
      (error: unknown) => this.#delivered(sentenceOf(error)),
    )
  }

  #delivered(error?: string): void {
    const { run } = this.#options.wire
    const { id, at } = this.#line
    this.#post({ type: 'delivered', run, id, at, ...(error !== undefined && { error }) })
  }

  #walked({ faults, denied }: Extract<Way, { type: 'walked' }>): void {
    this.#faults(faults)
    for (const [index, { step }] of this.#options.admitted.entries()) {
      if (index < this.#upTo && !this.#judged.has(index)) step.circuit.succeeded()
    }
    if (denied && !this.#rest) {
      this.#options.admitted[denied.step]?.step.circuit.succeeded()
      this.#reject(denialOf(denied.sentence))
    }
    this.#end()
  }

  #end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#options.wire.close()
    this.#resolve(this.#rest)
  }

  #deputy(step: number): Deputy {
    const { wire, admitted, speaker } = this.#options
    const asks = admitted[step]?.step
    if (!asks) throw new Error(`the worker speaks of a step ${step} that there is not`)
    return (this.#deputies[step] ??= new Deputy({
      ctx: contextOf(asks, this.#line, { turn: { fixed: true }, speaker }),
      run: wire.run,
      step,
      post: (message) => this.#post(message),
    }))
  }

  #post(message: ToWorker): void {
    this.#options.wire.post(message)
  }

  #faults(faults: readonly StepFault[]): void {
    for (const { step, fault, ...how } of faults) {
      if (!this.#judged.has(step)) this.#fault(step, new ModuleFault(fault), how)
    }
  }

  #fault(
    index: number,
    failure: Error,
    how = { begun: this.#rest !== undefined, refused: false },
  ): void {
    const step = this.#options.admitted[index]?.step
    this.#judged.add(index)
    if (step) blame(step, this.#line, { failure, ...how })
  }

  #limit(step: number): number {
    return this.#options.admitted[step]?.step.timeout ?? 0
  }

  #wakeIn(ms: number): void {
    this.#timer = setTimeout(this.#look, ms)
  }

  /** Whoever has the line has had it for some time. */
  readonly #look = (): void => {
    const { cell, progress } = this.#options.wire
    const at = progress.at(cell)
    const limit = this.#limit(Math.max(at, 0))
    const left = limit - progress.spent(cell)
    if (at === WAITS && left <= 0) this.#skip()
    if (at >= 0 && left <= 0) this.#stop(at, usedUp(limit))
    this.#wakeIn(left > 0 && at !== TAKEN ? left : limit)
  }

  /** The worker does not get to it: the line goes on without any of them. */
  #skip(): void {
    const { wire, admitted } = this.#options
    if (!wire.progress.takeOver(wire.cell, WAITS)) return
    for (const index of admitted.keys()) this.#judged.add(index)
    for (const { step } of admitted) step.circuit.undecided()
    this.#goOn(admitted.length)
  }

  #stop(at: number, reason: Error): void {
    const { run, cell, progress } = this.#options.wire
    if (!progress.takeOver(cell, at)) return // it has just come on
    this.#late = at
    this.#post({ type: 'abort', run, step: at, reason: reason.message })
    this.#fault(at, reason)
    if (!this.#rest) this.#goOn(at + 1)
  }
}
