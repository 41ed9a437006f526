import type { Router } from '@koa/router'
import { fill, texts } from '../../i18n/index.js'
import { anyFace, FACES } from '../../people/faces.js'
import type { Context } from '../context.js'
import type { DeviceOf } from '../device.js'
import { wantsJson } from '../error-pages.js'
import { localPath } from '../next.js'
import type { WebNeeds } from '../needs.js'
import { PageError } from '../page-error.js'
import { perWindow } from '../rates.js'
import { seeOther } from '../redirect.js'
import { refusals } from '../refusals.js'
import { readForm, type FormErrors, type SigninForm } from '../signin-form.js'
import type { ShowPage } from '../views.js'

/** So many of those inside are shown. */
const INSIDE = 5
/** Where an invite's link leads after signing in. */
const INVITE = /^\/i\/([^/?#]+)$/
const faces = Array.from({ length: FACES }, (_, number) => number)

/** The door: a nickname, a face, and in. */
export function signinRoutes(
  router: Router,
  needs: WebNeeds,
  show: ShowPage,
  deviceOf: DeviceOf,
): void {
  const { config, people, nickname, log } = needs
  const base = config.server.base_path
  const take = perWindow(config.limits.signins_per_window)
  const tellRefusal = refusals(log)

  router.get('/signin', async (ctx) => {
    const { visitor, lang } = ctx.state.visit
    const next = localPath(ctx.query.next, base)
    if (visitor && ctx.query.change !== '1') return ctx.redirect(base + next)

    const user = visitor?.user
    const name = user?.name ?? (await nickname(lang).catch(() => ''))
    const imgid = user ? Number(user.imageid) : anyFace()
    await showForm(ctx, { name, imgid, next }, {})
  })

  router.post('/signin', async (ctx) => {
    const { visitor, lang } = ctx.state.visit
    const wait = await take(ctx.ip)
    const { form, errors } = readForm(ctx, base, lang)
    if (wait !== undefined) return tooMany(ctx, form, wait)
    if (errors.name || errors.imgid) return refuse(ctx, form, errors)

    const imageid = String(form.imgid ?? anyFace())
    const replacing = visitor && { replacing: visitor }
    const device = deviceOf(ctx)
    const attempt = { name: form.name, imageid, device: device.hash, ...replacing }
    const result = await people.signIn(attempt)
    if ('refused' in result) {
      log.info({ event: 'signin', reason: result.refused, address: ctx.ip }, 'refused')
      return refuse(ctx, form, { name: texts[lang].names[result.refused] })
    }

    ctx.session = { sid: result.sid }
    device.keep()
    const { user, sidHash: session } = result
    log.info({ event: 'signin', user: user.id, address: ctx.ip, session }, 'signed in')
    welcome(ctx, user, base + form.next)
  })

  async function showForm(ctx: Context, form: SigninForm, errors: FormErrors) {
    const { lang } = ctx.state.visit
    const token = INVITE.exec(form.next)?.[1]
    const members = needs.lobby.members()
    const persons = members.filter(({ kind }) => kind === 'person')
    show(ctx, 'signin.njk', {
      form: { ...form, errors },
      avatars: faces,
      faceNames: texts[lang].faces,
      room: { name: 'lobby', title: needs.lobby.title(lang) },
      // While nobody is there, the bird is.
      inside: persons.length > 0 ? persons.slice(0, INSIDE) : members.slice(0, 1),
      count: persons.length,
      invitation: token === undefined ? undefined : await needs.visits.invitation(token, lang),
      user: ctx.state.visit.visitor?.user ?? null,
    })
  }

  /** The page again, with the sentence beside the field and what was typed kept. */
  async function refuse(ctx: Context, form: SigninForm, errors: FormErrors, status = 422) {
    if (wantsJson(ctx)) ctx.body = { errors }
    else await showForm(ctx, { ...form, imgid: form.imgid ?? anyFace() }, errors)
    ctx.status = status
  }

  async function tooMany(ctx: Context, form: SigninForm, seconds: number) {
    tellRefusal('warn', { event: 'limit', limit: 'signins_per_window', address: ctx.ip })
    const sentence = texts[ctx.state.visit.lang].web.tooManySignins
    ctx.set('Retry-After', String(seconds))
    await refuse(ctx, form, { name: fill(sentence, { minutes: Math.ceil(seconds / 60) }) }, 429)
  }
}

function welcome(ctx: Context, user: { id: number; name: string; imageid: string }, next: string) {
  if (wantsJson(ctx)) ctx.body = { user: { id: user.id, name: user.name, imageid: user.imageid } }
  else seeOther(ctx, next)
}

/** The way out: the session ends in the store, so that no copy of its cookie opens anything. */
export function signoutRoutes(
  router: Router,
  { config, people, log }: WebNeeds,
  show: ShowPage,
): void {
  router.get('/signout', (ctx) =>
    show(ctx, 'signout.njk', { user: ctx.state.visit.visitor?.user ?? null }),
  )

  router.post('/signout', async (ctx) => {
    const { visitor } = ctx.state.visit
    if (visitor) {
      const { user, sidHash: session } = visitor
      await people.signOut(session)
      log.info({ event: 'signout', user: user.id, address: ctx.ip, session }, 'signed out')
    }
    ctx.session = null
    seeOther(ctx, `${config.server.base_path}/signin`)
  })
}

/** Another nickname, for the dice button. */
export function nicknameRoutes(router: Router, { nickname, log }: WebNeeds): void {
  router.get('/api/nickname', async (ctx) => {
    const name = await nickname(ctx.state.visit.lang).catch((error: unknown) => {
      log.warn({ err: error }, 'no nickname')
      throw new PageError(503, 'noNickname')
    })
    ctx.body = { name }
  })
}
