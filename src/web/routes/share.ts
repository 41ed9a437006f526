import type { Router } from '@koa/router'
import { toString as qrCode } from 'qrcode'
import type { WebNeeds } from '../needs.js'
import { PageError } from '../page-error.js'
import { shareOf } from '../share.js'
import { picture } from '../static-files.js'

/** A room's name has at most this many UTF-16 units; a QR code has room for no more either. */
const LONGEST = 160

/** The address of a room as a QR code: held up to a phone, it opens. Says nothing about whether the room exists. */
export function shareRoutes(router: Router, { config }: Pick<WebNeeds, 'config'>): void {
  const { base_path: base, host } = config.server

  router.get('/share.svg', async (ctx) => {
    const { room = 'lobby' } = ctx.query
    if (typeof room !== 'string' || room === '' || room.length > LONGEST || /\p{Cs}/u.test(room)) {
      throw new PageError(404, 'notFound')
    }
    const { url } = shareOf(ctx, room, base, host)
    ctx.body = await qrCode(url, { type: 'svg', margin: 2 })
    ctx.type = 'svg'
    ctx.set(picture)
  })
}
