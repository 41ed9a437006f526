import type { Router } from '@koa/router'
import { z } from 'zod'
import type { OfferedRoom, PageCaller, SeenRoom } from '../../chat/face.js'
import { fill, spell, texts } from '../../i18n/index.js'
import { topicsIn } from '../../i18n/room-title.js'
import { besideTalk } from '../beside-talk.js'
import { comesBack } from '../comes-back.js'
import type { Context } from '../context.js'
import { wantsJson } from '../error-pages.js'
import type { WebNeeds } from '../needs.js'
import { PageError } from '../page-error.js'
import { seeOther, toSignin } from '../redirect.js'
import { refusals } from '../refusals.js'
import { roomPath, shareOf } from '../share.js'
import type { ShowPage } from '../views.js'

/** The rooms' pages; `/` is the lobby's. Who is not signed in goes to the door first. */
export function roomRoutes(router: Router, needs: WebNeeds, show: ShowPage): void {
  const { config, visits, log } = needs
  const base = config.server.base_path
  const tellRefusal = refusals(log)

  router.get('/', (ctx) => home(ctx))
  router.get('/r/:room', (ctx) => open(ctx, ctx.params['room'] ?? ''))

  router.post('/', (ctx) => unlock(ctx, 'lobby'))
  router.post('/r/:room', (ctx) => unlock(ctx, ctx.params['room'] ?? ''))
  router.post('/r/:room/make', async (ctx) => {
    const path = ctx.path.slice(0, -'/make'.length)
    const caller = signedIn(ctx, path)
    if (!caller) return
    const name = ctx.params['room'] ?? ''
    const room = await visits.room(name, caller)
    if (room?.access !== 'none') return seeOther(ctx, base + path)
    const fault = await visits.make(name, caller)
    if (fault === undefined) return seeOther(ctx, base + path)
    showNone(ctx, room, fault)
  })
  router.post('/r/:room/knock', async (ctx) => {
    const path = ctx.path.slice(0, -'/knock'.length)
    const caller = signedIn(ctx, path)
    if (!caller) return
    await visits.knock(ctx.params['room'] ?? '', caller)
    seeOther(ctx, base + path)
  })

  /** Who is banned from the lobby finds the other rooms here: its door would only send them to itself. */
  async function home(ctx: Context) {
    const caller = ctx.state.visit.visitor && signedIn(ctx)
    const ms = caller ? visits.keptOutMs(caller) : 0
    if (!caller || ms === 0 || wantsJson(ctx)) return open(ctx, 'lobby')
    const words = texts[caller.lang].doors
    const lead = ms === Infinity ? words.keptOut : words.keptOutFor
    const rooms = await visits.list(caller)
    show(ctx, 'kept-out.njk', { words, rooms, lead: fill(lead, { time: spell(ms, caller.lang) }) })
    ctx.status = 403
    comesBack(ctx, ms)
  }

  /** Behind a name is the room, its door, or what looks the same whether there is no room or it is not for the visitor. */
  async function open(ctx: Context, name: string) {
    const caller = signedIn(ctx)
    if (!caller) return
    const room = await visits.room(name, caller)
    if (!room) return showClosed(ctx)
    if (room.access === 'in') return showRoom(ctx, room, caller, needs, show)
    if (room.access === 'none') return showNone(ctx, room)
    if (wantsJson(ctx)) throw new PageError(403, 'knockFirst')
    const path = `${base}/r/${encodeURIComponent(room.name)}`
    show(ctx, 'knock.njk', {
      room,
      path,
      words: texts[caller.lang].doors,
      user: caller.visitor.user,
    })
    ctx.status = 403
  }

  /** A name that was mistyped makes no room: it is asked first. Behind it there may be a closed one all the same. */
  function showNone(ctx: Context, room: SeenRoom, error?: string) {
    if (wantsJson(ctx)) throw new PageError(404, 'notFound')
    const words = texts[ctx.state.visit.lang].doors
    const path = `${base}/r/${encodeURIComponent(room.name)}`
    show(ctx, 'new-room.njk', { words, room, path, error })
    ctx.status = 404
  }

  async function unlock(ctx: Context, name: string) {
    const caller = signedIn(ctx)
    if (!caller) return
    const { passcode } = form.parse(ctx.request.body)
    if (passcode.trim() === '') return showClosed(ctx, 'noPasscode')
    const unlocked = await visits.unlock(name, caller, passcode)
    if (unlocked === 'open') return seeOther(ctx, base + ctx.path)
    if (unlocked === 'closed') {
      tellRefusal('info', { event: 'passcode', user: caller.visitor.user.id, address: ctx.ip })
      return showClosed(ctx, 'wrongPasscode')
    }
    tellRefusal('warn', { event: 'limit', limit: 'passcodes', address: ctx.ip })
    showClosed(ctx, 'tooManyPasscodes', { minutes: Math.ceil(unlocked.waitS / 60) })
    ctx.set('Retry-After', String(unlocked.waitS))
    ctx.status = 429
  }

  /** The visitor; else they are sent to the sign-in page, and come back from there. */
  function signedIn(ctx: Context, path = ctx.path): PageCaller | undefined {
    const { visitor, lang } = ctx.state.visit
    if (visitor) return { visitor, lang, address: ctx.ip }
    toSignin(ctx, base, path)
    return undefined
  }

  function showClosed(ctx: Context, fault?: Fault, values = {}) {
    if (wantsJson(ctx)) throw new PageError(404, 'notFound')
    const words = texts[ctx.state.visit.lang].doors
    show(ctx, 'no-room.njk', { words, error: fault && fill(words[fault], values) })
    ctx.status = 404
  }
}

const form = z.object({ passcode: z.string().max(256) }).catch({ passcode: '' })
type Fault = 'noPasscode' | 'wrongPasscode' | 'tooManyPasscodes'

async function showRoom(
  ctx: Context,
  { name, title: called, peer }: SeenRoom,
  caller: PageCaller,
  { config, visits, serverId, version }: WebNeeds,
  show: ShowPage,
) {
  const { base_path: base, title, host } = config.server
  const { visitor, lang } = caller
  const room = { name, title: called, ...(peer && { peer }) }
  const { url: share, reach } = shareOf(ctx, roomPath(name), base, host)
  const words = { lang, texts: texts[lang].page, topics: topicsIn(lang), title }
  const boot = { user: visitor.user, room, base, version, server: serverId, share, ...words }
  const lead = fill(texts[lang].page.share.lead[reach], { here: ctx.host })
  const sharing = { lead, open: reach === 'same' || reach === 'other' }
  const here: OfferedRoom = { ...room, kind: peer ? 'direct' : 'room', last: 0 }
  const beside = besideTalk(await visits.list(caller), here, lang)
  show(ctx, 'room.njk', { room, boot, sharing, beside })
}
