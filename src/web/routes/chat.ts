import type { Router } from '@koa/router'
import type { Context } from 'koa'
import { PageError } from '../page-error.js'

/** Where the WebSocket is. */
export function chatRoute(router: Router): void {
  router.all('/chat', upgradeOnly)
}

/** A plain request to a WebSocket's address gets told so. Upgrades never come here: the gate has them. */
export function upgradeOnly(ctx: Context): never {
  ctx.set('Upgrade', 'websocket')
  throw new PageError(426, 'upgradeRequired')
}
