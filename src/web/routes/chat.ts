import type { Router } from '@koa/router'
import { PageError } from '../page-error.js'

/** Where the WebSocket is; a plain request gets told so. Upgrades never come here: the gate has them. */
export function chatRoute(router: Router): void {
  router.all('/chat', (ctx) => {
    ctx.set('Upgrade', 'websocket')
    throw new PageError(426, 'upgradeRequired')
  })
}
