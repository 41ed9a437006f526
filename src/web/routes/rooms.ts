import type { Router } from '@koa/router'
import { fill, texts } from '../../i18n/index.js'
import type { Context } from '../context.js'
import type { WebNeeds } from '../needs.js'
import { PageError } from '../page-error.js'
import { shareOf } from '../share.js'
import type { ShowPage } from '../views.js'

/** Rooms that the side of the page lists. */
const OFFERED = 50

/** The rooms' pages; `/` is the lobby's. Who is not signed in goes to the door first. */
export function roomRoutes(router: Router, needs: WebNeeds, show: ShowPage): void {
  router.get('/', (ctx) => showRoom(ctx, 'lobby', needs, show))
  router.get('/r/:room', (ctx) => showRoom(ctx, ctx.params['room'] ?? '', needs, show))
}

async function showRoom(ctx: Context, name: string, needs: WebNeeds, show: ShowPage) {
  const { config, serverId, version } = needs
  const { base_path: base, title, host } = config.server
  const { visitor, lang } = ctx.state.visit
  if (!visitor) return ctx.redirect(`${base}/signin?next=${encodeURIComponent(ctx.path)}`)

  const room = await needs.room(name, visitor, lang)
  if (!room) throw new PageError(404, 'notFound')

  const { url: share, reach } = shareOf(ctx, room.name, base, host)
  const words = { lang, texts: texts[lang].page, title }
  const boot = { user: visitor.user, room, base, version, server: serverId, share, ...words }
  const lead = fill(texts[lang].page.share.lead[reach], { here: ctx.host })
  const sharing = { lead, open: reach === 'same' || reach === 'other' }
  show(ctx, 'room.njk', { room, boot, sharing, rooms: withRoom(needs.rooms(lang), room) })
}

interface Offered {
  name: string
  title: string
}

/** A long list is cut, but never by the room that is open. */
function withRoom(rooms: readonly Offered[], room: Offered): readonly Offered[] {
  const offered = rooms.slice(0, OFFERED)
  return offered.some(({ name }) => name === room.name) ? offered : [...offered, room]
}
