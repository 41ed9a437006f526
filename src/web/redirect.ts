import type { Context } from './context.js'

/** What was asked for is done, or is elsewhere: that is to be got, whatever was sent here. */
export function seeOther(ctx: Context, path: string): void {
  ctx.redirect(path)
  ctx.status = 303
}

/** To the sign-in page, and from there back. @param base '' or '/x'. @param path Behind the base. */
export function toSignin(ctx: Context, base: string, path: string): void {
  ctx.redirect(`${base}/signin?next=${encodeURIComponent(path)}`)
  if (ctx.method === 'POST') ctx.status = 303
}
