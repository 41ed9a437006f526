import { randomUUID } from 'node:crypto'
import type { Router } from '@koa/router'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { API } from '../../gateways/api/routes.js'
import { fillSpaced, texts, type Lang } from '../../i18n/index.js'
import { SCOPES, type User } from '../../protocol.js'
import { whyNot } from '../../tokens/why-not.js'
import type { Context } from '../context.js'
import type { WebNeeds } from '../needs.js'
import { PageError } from '../page-error.js'
import { seeOther, toSignin } from '../redirect.js'
import { shareOf } from '../share.js'
import type { ShowPage } from '../views.js'

const DAY_MS = 86_400_000

const list = z.union([z.string().transform((one) => [one]), z.array(z.string())])
/** How long, and how many of them, a page that showed a token may be asked for again: a reload is no second token. */
const AGAIN_MS = 600_000
const AGAIN = 20

const form = z
  .object({
    once: z.string().max(64).catch(''),
    name: z.string().max(256).catch(''),
    scopes: list.catch([]),
    rooms: z.string().max(1_000).catch(''),
    days: z.coerce.number().int().min(0).max(3_650).catch(0),
  })
  .catch({ once: '', name: '', scopes: [], rooms: '', days: 0 })
type Form = z.infer<typeof form>

const which = z.object({ id: z.coerce.number().int() })
const blank: Form = { once: '', name: '', scopes: ['read', 'write'], rooms: 'lobby', days: 0 }

/** The host's page of bots elsewhere: makes their tokens, shows each once, with lines to try it, and ends them. */
export function tokenRoutes(
  router: Router,
  { config, tokens }: Pick<WebNeeds, 'config' | 'tokens'>,
  show: ShowPage,
): void {
  const { base_path: base, host } = config.server
  const shown = new LRUCache<string, Promise<Made>>({ max: AGAIN, ttl: AGAIN_MS })

  router.get('/bots', (ctx) => {
    if (hostOf(ctx)) showPage(ctx, blank)
  })

  router.post('/bots', async (ctx) => {
    const by = hostOf(ctx)
    if (!by) return
    const { lang } = ctx.state.visit
    const asked = form.parse(ctx.request.body)
    const scopes = SCOPES.filter((scope) => asked.scopes.includes(scope))
    const rooms = asked.rooms.split(/[\s,，、]+/).filter((room) => room !== '')
    const ms = asked.days === 0 ? undefined : asked.days * DAY_MS
    if (scopes.length === 0) return refuse(ctx, asked, texts[lang].api.page.noScopes)
    const make = () => tokens.make({ name: asked.name, scopes, rooms, ms }, by)
    const made = await onlyOnce(
      `${by.id}:${asked.once}`,
      asked.once === '' ? undefined : shown,
      make,
    )
    if ('refused' in made) return refuse(ctx, asked, whyNot(made, asked.name, lang))
    const lines = linesFor(ctx, made.token, made.made.rooms[0] ?? 'lobby')
    showPage(ctx, blank, { made: { name: made.made.bot.name, token: made.token, lines } })
  })

  router.post('/bots/revoke', async (ctx) => {
    const by = hostOf(ctx)
    if (!by) return
    const { id } = which.safeParse(ctx.request.body).data ?? {}
    if (id !== undefined) await tokens.revoke(id, by)
    seeOther(ctx, `${base}/bots`)
  })

  /** Who may be here; who is not signed in goes to the door first. @throws {PageError} */
  function hostOf(ctx: Context): User | undefined {
    const { visitor } = ctx.state.visit
    if (visitor?.user.role === 'host') return visitor.user
    if (visitor) throw new PageError(403, 'hostOnly')
    toSignin(ctx, base, '/bots')
    return undefined
  }

  function refuse(ctx: Context, asked: Form, fault: string) {
    showPage(ctx, asked, { fault })
    ctx.status = 422
  }

  function showPage(ctx: Context, asked: Form, more: object = {}) {
    const { lang } = ctx.state.visit
    const { page: words, scopes } = texts[lang].api
    show(ctx, 'tokens.njk', {
      words,
      form: { ...asked, once: randomUUID() },
      scopes: SCOPES.map((name) => ({
        name,
        label: scopes[name],
        on: asked.scopes.includes(name),
      })),
      tokens: tokens.list().map((token) => ({
        id: token.id,
        name: token.bot.name,
        about: about(token, lang),
      })),
      ...more,
    })
  }

  /** What can be pasted into a terminal as it stands. */
  function linesFor(ctx: Context, token: string, room: string) {
    const { page: words } = texts[ctx.state.visit.lang].api
    const { url } = shareOf(ctx, `${API}/rooms/${encodeURIComponent(room)}`, base, host)
    const curl = (rest: string) => `curl -H 'Authorization: Bearer ${token}' ${rest}`
    const json = `-H 'Content-Type: application/json' -d`
    return [
      { title: words.say, text: curl(`${json} '{"data": "${words.hello}"}' '${url}/messages'`) },
      { title: words.read, text: curl(`'${url}/messages?limit=5'`) },
      { title: words.members, text: curl(`'${url}/members'`) },
    ]
  }
}

type Made = Awaited<ReturnType<WebNeeds['tokens']['make']>>

/** What the same form was answered with, if it comes again: by a reload, or pressed twice. A refusal may be tried again. */
async function onlyOnce(
  key: string,
  shown: LRUCache<string, Promise<Made>> | undefined,
  make: () => Promise<Made>,
): Promise<Made> {
  const making = shown?.get(key) ?? make()
  shown?.set(key, making)
  const made = await making
  if ('refused' in made) shown?.delete(key)
  return made
}

function about(token: ReturnType<WebNeeds['tokens']['list']>[number], lang: Lang): string {
  const { page: words, scopes: names } = texts[lang].api
  const { scopes, rooms, usedAt, expiresAt, expired } = token
  const day = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' })
  const may = SCOPES.filter((scope) => scopes.includes(scope)).map((scope) => names[scope])
  return [
    may.join(' · '),
    rooms.length > 0 ? rooms.join(', ') : words.allRooms,
    usedAt === undefined ? words.unused : fillSpaced(words.used, { when: day.format(usedAt) }),
    ...(expired ? [words.expired] : []),
    ...(expiresAt !== undefined && !expired
      ? [fillSpaced(words.ends, { when: day.format(expiresAt) })]
      : []),
  ].join(' — ')
}
