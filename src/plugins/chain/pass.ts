import { clean } from '../../bots/speaking/fit.js'
import type { MessageContext, Middleware, Next } from '../../plugin.js'
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
  take(run: Middleware, ctx: PassContext): Promise<void> {
    this.#ctx = ctx
    return new Promise((resolve, reject) => {
      this.#ended = () => {
        this.#ended = undefined
        try {
          this.#conclude()
          this.#goOn().then(resolve, reject)
        } catch (error) {
          reject(error)
        }
      }
      this.#begin()
      this.#work(run, ctx)
    })
  }

  /** The plugin is told to stop, and the line goes on without it. */
  stop(reason: Error): void {
    this.#ctx?.abort(reason)
    this.#fail(reason)
  }

  #work(run: Middleware, ctx: PassContext): void {
    try {
      const done = run(ctx, () => this.#next())
      Promise.resolve(done).then(() => this.#settle(ctx), this.#fail)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** What it asked for without `await` belongs to it. */
  #settle(ctx: PassContext): void {
    const settled = ctx.settled()
    if (settled) settled.then(() => this.#ended?.(), this.#fail)
    else this.#ended?.()
  }

  readonly #fail = (error: unknown): void => {
    if (this.#ended) this.failure ??= error ?? new Error('it threw nothing')
    this.#ended?.()
  }

  /** Its turn is over. */
  #conclude(): void {
    const { line, clock, judge } = this.#options
    this.fixed = true
    clock.pauses(this)
    if (!this.denied) this.failure ??= this.#misuse
    if (!this.begun) line.text = this.failure === undefined ? this.#checked() : this.#before
    judge(this)
  }

  #next(): Promise<void> {
    if (this.#rest) return this.#misused()
    this.fixed = true
    this.#options.line.text = this.#checked()
    this.#pause()
    const done: Promise<void> = this.#goOn().then(
      () => this.#comesBack(),
      (error: unknown) => {
        done.catch(ignore) // who does not await next() does not see it fail
        this.refused = true
        this.#comesBack()
        throw error
      },
    )
    return done
  }

  #comesBack(): void {
    if (this.#ended) this.#begin()
  }

  #misused(): Promise<void> {
    const refused = Promise.reject((this.#misuse ??= new Error('it called next() twice')))
    refused.catch(ignore)
    return refused
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
