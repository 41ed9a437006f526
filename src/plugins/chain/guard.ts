import type { Circuit } from '../../bots/circuit.js'
import { ChatError } from '../../errors.js'
import type { Logger } from '../../log.js'
import type { Middleware, Next, PluginLog } from '../../plugin.js'
import { LineContext } from './line-context.js'
import type { Line } from './line.js'
import type { Parts } from '../load/parts.js'
import { Pass } from './pass.js'
import { sentenceOf } from '../sentence.js'
import type { Speaker } from './speaker.js'

/** A plugin's middleware in the chain of the rooms. */
export interface Step {
  /** The section's name: whose identity it speaks with. */
  readonly name: string
  /** Its host lets it mute people and take their lines back. */
  readonly moderates: boolean
  /** Rooms it works in; none named: all. */
  readonly rooms: readonly string[]
  readonly run: Parts['middleware'][number]['run']
  /** Own time for one message, in milliseconds. */
  readonly timeout: number
  readonly circuit: Circuit
  readonly pluginLog: PluginLog
  readonly log: Logger
}

export interface GuardOptions {
  run: Middleware
  /** The rest of the chain. */
  on: Next
  speaker: Speaker
}

/**
 * Takes a line through one plugin of this thread and on, as {@link Pass} does. Only `ctx.reject` stops it.
 * @throws {ChatError} of a plugin's `ctx.reject`, and what the rest of the chain throws.
 */
export function guard(step: Step, line: Line, { run, on, speaker }: GuardOptions): Promise<void> {
  const { circuit, timeout: limit, log } = step
  if (!circuit.admits()) return on()
  const judge = (pass: Pass) => judgeHere(step, line, pass)
  const pass = new Pass({ line, on, clock: line.watch, limit, log, judge })
  const ctx = contextOf(step, line, { turn: pass, speaker })
  line.hands.push(ctx)
  return pass.take(run, ctx)
}

/** What a step sees of a line. */
export const contextOf = (
  step: Step,
  line: Line,
  { turn, speaker }: { turn: { readonly fixed: boolean }; speaker: Speaker },
): LineContext => new LineContext(line, { speaker, section: step, log: step.pluginLog, turn })

function judgeHere(step: Step, line: Line, { denied, refused, failure, begun }: Pass): void {
  if (denied) {
    step.circuit.succeeded()
    throw denialOf(sentenceOf(failure))
  }
  if (failure === undefined) return step.circuit.succeeded()
  blame(step, line, { failure, begun, refused })
}

/** What the sender of a line reads that a plugin rejected. */
export const denialOf = (sentence: string): ChatError => new ChatError('denied', { sentence })

export interface Failed {
  failure: unknown
  /** The line had gone on. */
  begun: boolean
  /** What comes behind it has refused the line: that is no failure of its own. */
  refused: boolean
}

/** Keeps the score of a plugin that failed. */
export function blame(
  { name, circuit, log }: Step,
  { say, replies }: Line,
  { failure, begun, refused }: Failed,
): void {
  void replies.get(name)?.endDrafts('error')
  if (refused) return circuit.succeeded()
  const about = { room: say.room.id, user: say.user.id }
  const message = begun ? 'plugin failed after next()' : 'plugin failed: the message goes on'
  log.warn({ err: failure, ...about }, message)
  if (circuit.failed()) log.warn('plugin failed too often in a row: it rests a minute')
}
