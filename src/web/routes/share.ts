import type { Router } from '@koa/router'
import type { Context } from '../context.js'
import type { WebNeeds } from '../needs.js'
import { PageError } from '../page-error.js'
import { roomPath, shareOf } from '../share.js'
import { picture } from '../static-files.js'

/** A room's name has at most this many UTF-16 units; a QR code has room for no more either. */
const LONGEST = 160
const TOKEN = /^[A-Za-z0-9_-]{22}$/

/**
 * The address of a room, or of an invite, as a QR code: held up to a phone, it opens. Says nothing about whether
 * there is such a room or invite.
 */
export function shareRoutes(router: Router, { config }: Pick<WebNeeds, 'config'>): void {
  const { base_path: base, host } = config.server

  router.get('/share.svg', async (ctx) => {
    const { room = 'lobby', invite } = ctx.query
    const url = invite === undefined ? roomUrl(ctx, room) : inviteUrl(ctx, invite)
    if (url === undefined) throw new PageError(404, 'notFound')
    const { toString: qrCode } = await import('qrcode') // a hundred files that most starts do without
    ctx.body = await qrCode(url, { type: 'svg', margin: 2 })
    ctx.type = 'svg'
    ctx.set(picture)
  })

  function roomUrl(ctx: Context, room: unknown): string | undefined {
    if (typeof room !== 'string' || room === '' || room.length > LONGEST) return undefined
    return /\p{Cs}/u.test(room) ? undefined : shareOf(ctx, roomPath(room), base, host).url
  }

  function inviteUrl(ctx: Context, token: unknown): string | undefined {
    if (typeof token !== 'string' || !TOKEN.test(token)) return undefined
    return shareOf(ctx, `/i/${token}`, base, host).url
  }
}
