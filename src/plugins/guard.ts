import type { Circuit } from '../bots/circuit.js'
import { clean } from '../bots/fit.js'
import { ChatError } from '../errors.js'
import type { Logger } from '../log.js'
import type { Middleware, Next, PluginLog } from '../plugin.js'
import { openTurn, Rejection, type Line, type Turn } from './line.js'
import { OwnTime } from './own-time.js'
import type { Speaker } from './speaker.js'
import { Unavailable } from './thread.js'

/** A plugin's middleware in the chain of the rooms. */
export interface Step {
  /** The section's name: whose identity it speaks with. */
  readonly name: string
  /** Its host lets it mute people and take their lines back. */
  readonly moderates: boolean
  /** Rooms it works in; none named: all. */
  readonly rooms: readonly string[]
  readonly run: Middleware
  /** Own time for one message, in milliseconds. */
  readonly timeout: number
  readonly circuit: Circuit
  readonly pluginLog: PluginLog
  readonly log: Logger
}

export interface GuardOptions {
  speaker: Speaker
  /** Turns that are going on, so that closing can stop them. */
  turns: Set<Turn>
}

/**
 * Takes a line through one plugin and on, whatever the plugin does: what throws, hangs, forgets `await`,
 * or calls `next()` twice or never, is left out and the line goes on once. Only `ctx.reject` stops it.
 * @param on The rest of the chain.
 * @throws {ChatError} of a plugin's `ctx.reject`, and what the rest of the chain throws.
 */
export async function guard(
  step: Step,
  line: Line,
  on: Next,
  { speaker, turns }: GuardOptions,
): Promise<void> {
  if (!step.circuit.admits()) return on()
  const before = line.text
  const turn = openTurn(line, step.pluginLog, speaker.as(line, step))
  const time = new OwnTime(step.timeout, (reason) => turn.abort(reason))
  const rest = new Rest(on)
  turns.add(turn)

  let failure: unknown
  try {
    await Promise.race([walk(step, line, turn, rest, time), time.up])
  } catch (error) {
    failure = error
  } finally {
    time.end()
    turn.fix()
    turns.delete(turn)
  }

  if (failure instanceof Rejection && !rest.begun) {
    step.circuit.succeeded()
    throw new ChatError('denied', { sentence: failure.message })
  }
  failure ??= rest.misuse
  if (failure !== undefined) void line.replies.get(step.name)?.endDrafts('error')
  if (!rest.begun) line.text = failure === undefined ? checked(line.text, before, step) : before
  judge(step, line, failure, rest)
  await rest.go()
}

/** The chain behind a plugin: entered once, whoever asks for it and how often. */
class Rest {
  /** How the plugin misused `next()`, if it did. */
  misuse: Error | undefined
  refused = false
  readonly #on: Next
  #gone: Promise<void> | undefined

  constructor(on: Next) {
    this.#on = on
  }

  get begun(): boolean {
    return this.#gone !== undefined
  }

  go(): Promise<void> {
    if (this.#gone) return this.#gone
    this.#gone = this.#on()
    this.#gone.catch(() => (this.refused = true))
    return this.#gone
  }
}

async function walk(step: Step, line: Line, turn: Turn, rest: Rest, time: OwnTime): Promise<void> {
  const before = line.text
  const next = async () => {
    if (rest.begun) {
      rest.misuse ??= new Error('it called next() twice')
      throw rest.misuse
    }
    turn.fix()
    line.text = checked(line.text, before, step)
    time.stop()
    await rest.go().finally(() => time.start())
  }

  await step.run(turn.ctx, () => {
    const done = next()
    done.catch(() => undefined) // who does not await next() does not see it fail
    return done
  })
  await line.replies.get(step.name)?.settled()
}

/** What a plugin made of the text, as long as it is one that may be said. */
function checked(text: unknown, before: string, { log }: Step): string {
  if (text === before) return before
  const cleaned = typeof text === 'string' ? clean(text) : ''
  if (cleaned.trim() !== '') return cleaned
  log.warn('plugin left no text: the message goes on as it was')
  return before
}

/** Keeps the score of a plugin. That the line was refused further on is not its failure. */
function judge({ circuit, log }: Step, { say }: Line, failure: unknown, rest: Rest): void {
  const about = { room: say.room.id, user: say.user.id }
  if (failure instanceof Unavailable) {
    log.debug(about, 'plugin is not there: the message goes on without it')
    return circuit.undecided()
  }
  if (failure === undefined || rest.refused) return circuit.succeeded()
  const message = rest.begun ? 'plugin failed after next()' : 'plugin failed: the message goes on'
  log.warn({ err: failure, ...about }, message)
  if (circuit.failed()) log.warn('plugin failed too often in a row: it rests a minute')
}
