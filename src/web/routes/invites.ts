import type { Router } from '@koa/router'
import { texts } from '../../i18n/index.js'
import { wantsJson } from '../error-pages.js'
import type { WebNeeds } from '../needs.js'
import { PageError } from '../page-error.js'
import { seeOther, toSignin } from '../redirect.js'
import { roomPath } from '../share.js'
import type { ShowPage } from '../views.js'

/**
 * The link of an invite: in, through the sign-in page if need be. One that has expired, is used up, was taken
 * back or never was gets one page, which says what to do, before anybody signs in for nothing.
 */
export function inviteRoutes(router: Router, { config, visits }: WebNeeds, show: ShowPage): void {
  const base = config.server.base_path

  router.get('/i/:token', async (ctx) => {
    const { visitor, lang } = ctx.state.visit
    const token = ctx.params['token'] ?? ''
    if (!visitor && (await visits.invitation(token, lang))) return toSignin(ctx, base, ctx.path)
    const caller = visitor && { visitor, lang, address: ctx.ip }
    const room = caller && (await visits.invited(token, caller))
    if (room !== undefined) return seeOther(ctx, base + roomPath(room))
    if (wantsJson(ctx)) throw new PageError(404, 'closedInvite')
    show(ctx, 'no-invite.njk', { words: texts[lang].doors })
    ctx.status = 404
  })
}
