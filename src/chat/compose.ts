import koaCompose from 'koa-compose'

/** A middleware of the message pipeline, Koa's way: decide before `next()`, react after it. */
export type Step<C> = (ctx: C, next: () => Promise<void>) => Promise<void> | void

/** Koa's own composition, typed for our context. */
export const compose = <C>(steps: readonly Step<C>[]): ((ctx: C) => Promise<void>) => {
  const run = koaCompose(
    steps.map((step) => async (ctx: C, next: () => Promise<void>) => step(ctx, next)),
  )
  return (ctx) => run(ctx)
}
