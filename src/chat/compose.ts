import koaCompose from 'koa-compose'

/** A middleware of the message pipeline, Koa's way: decide before `next()`, react after it. */
export type Step<C> = (ctx: C, next: () => Promise<void>) => Promise<void> | void

/**
 * Koa's own composition, typed for our context. A step that waits for nothing is no `async` function: a line goes through
 * ten of them, and each would cost it some promises.
 */
export const compose = <C>(steps: readonly Step<C>[]): ((ctx: C) => Promise<void>) =>
  koaCompose([...steps])
