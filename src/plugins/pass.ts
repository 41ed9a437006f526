import { clean } from '../bots/fit.js'
import type { MessageContext, Middleware, Next } from '../plugin.js'
import { Rejection } from './rejection.js'

/** This file runs in the plugins' worker too: it imports nothing of the server. */

/** What a plugin sees of a line, and what its guard does to it. */
export interface PassContext extends MessageContext {
  abort(reason: Error): void
  /** Resolves when what it asked for without `await` is done; absent if it asked for nothing. */
  settled(): Promise<unknown> | undefined
}

/** Sees to it that nobody takes too long: told whose own time runs. */
export interface Clock {
  begins(pass: Pass): void
  pauses(pass: Pass): void
}

export interface PassOptions {
  line: { text: string }
  /** The rest of the chain. */
  on: Next
  clock: Clock
  /** Own time, in milliseconds: it stands still while the rest of the chain works. */
  limit: number
  log: { warn(message: string): void }
  /** Told how it went, before the line goes on. What it throws stops the line. */
  judge: (pass: Pass) => void
}

/**
 * One line in the hands of one plugin, whatever the plugin does: what throws, hangs, forgets `await`, or calls
 * `next()` twice or never, is left out and the line goes on once.
 */
export class Pass {
  readonly limit: number
  /** The text can be changed no more: `next()` was called, or its turn is over. */
  fixed = false
  /** Why the plugin failed, if it did. */
  failure: unknown
  /** What comes behind it has refused the line. */
  refused = false
  /** Since when its own time would run if it had not paused, by `performance.now()`. */
  since = 0
  readonly #options: PassOptions
  readonly #before: string
  #ctx: PassContext | undefined
  #spent = 0
  #misuse: Error | undefined
  #rest: Promise<void> | undefined
  #ended: (() => void) | undefined

  constructor(options: PassOptions) {
    this.#options = options
    this.#before = options.line.text
    this.limit = options.limit
  }

  /** The line went on already. */
  get begun(): boolean {
    return this.#rest !== undefined
  }

  /** The plugin will not have it, and may say so: it has not gone on. */
  get denied(): boolean {
    return this.failure instanceof Rejection && !this.begun
  }

  /** Takes the line through a plugin and on. @throws what `judge` throws, and the rest of the chain. */
  async take(run: Middleware, ctx: PassContext): Promise<void> {
    this.#ctx = ctx
    await new Promise<void>((resolve) => {
      this.#ended = resolve
      this.#begin()
      void this.#work(run, ctx)
    })
    this.fixed = true
    this.#pause()
    this.#ended = undefined
    const { line, judge } = this.#options
    if (!this.denied) this.failure ??= this.#misuse
    if (!this.begun) line.text = this.failure === undefined ? this.#checked() : this.#before
    judge(this)
    await this.#goOn()
  }

  /** The plugin is told to stop, and the line goes on without it. */
  stop(reason: Error): void {
    this.#ctx?.abort(reason)
    this.#fail(reason)
  }

  async #work(run: Middleware, ctx: PassContext): Promise<void> {
    try {
      await run(ctx, () => this.#next())
      const settled = ctx.settled()
      if (settled) await settled
      this.#ended?.()
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    if (this.#ended) this.failure ??= error ?? new Error('it threw nothing')
    this.#ended?.()
  }

  #next(): Promise<void> {
    const done = this.#enter()
    done.catch(ignore) // who does not await next() does not see it fail
    return done
  }

  async #enter(): Promise<void> {
    if (this.#rest) throw (this.#misuse ??= new Error('it called next() twice'))
    this.fixed = true
    this.#options.line.text = this.#checked()
    this.#pause()
    try {
      await this.#goOn()
    } catch (error) {
      this.refused = true
      throw error
    } finally {
      if (this.#ended) this.#begin()
    }
  }

  /** The chain behind the plugin: entered once, whoever asks for it and how often. */
  #goOn(): Promise<void> {
    return (this.#rest ??= this.#options.on())
  }

  #begin(): void {
    this.since = performance.now() - this.#spent
    this.#options.clock.begins(this)
  }

  #pause(): void {
    this.#spent = performance.now() - this.since
    this.#options.clock.pauses(this)
  }

  /** What a plugin made of the text, as long as it is one that may be said. */
  #checked(): string {
    const { line, log } = this.#options
    const text: unknown = line.text // a plugin in JavaScript may have put anything there
    if (text === this.#before) return this.#before
    const cleaned = typeof text === 'string' ? clean(text) : ''
    if (cleaned.trim() !== '') return cleaned
    log.warn('plugin left no text: the message goes on as it was')
    return this.#before
  }
}

const ignore = (): void => undefined
