import type { Router } from '@koa/router'
import { texts } from '../../i18n/index.js'
import type { WebNeeds } from '../needs.js'
import type { ShowPage } from '../views.js'
import { upgradeOnly } from './chat.js'

/** The tutorial's first sketch, for whom the host opens it: a page of bare lines that needs no sign-in. */
export function plainRoute(
  router: Router,
  { config, lobby }: Pick<WebNeeds, 'config' | 'lobby'>,
  show: ShowPage,
): void {
  router.all('/plain/chat', upgradeOnly)
  router.get('/plain', (ctx) => {
    const { lang } = ctx.state.visit
    ctx.set('Cache-Control', 'no-store')
    show(ctx, 'plain.njk', {
      words: texts[lang].plain,
      room: lobby.title(lang),
      path: `${config.server.base_path}/plain/chat`,
    })
  })
}
