import type { Context } from './context.js'

/** `Authorization: Bearer …`; '' for one without a token, undefined without the header. */
export function bearerOf(ctx: Pick<Context, 'get'>): string | undefined {
  const [whole, token = ''] = /^bearer(?:\s+(\S*))?/i.exec(ctx.get('authorization')) ?? []
  return whole === undefined ? undefined : token
}

/** Somebody wrote a token into the address, where logs and histories keep it: then it opens nothing. */
export const hasTokenInAddress = ({ query }: Pick<Context, 'query'>): boolean =>
  ['token', 'access_token', 'authorization', 'bearer'].some((name) => name in query)
