import type { Context } from './context.js'

const DAY_MS = 86_400_000

/** Has a page that says when its visitor may come in ask again by then; who waits for days asks by themselves. */
export function comesBack(ctx: Context, ms: number): void {
  if (ms < DAY_MS) ctx.set('Refresh', String(Math.ceil(ms / 1000)))
}
