import { chooseLang, type Lang } from '../i18n/index.js'
import type { Context, Middleware, Visit } from './context.js'

/** First of all: in which language and which colours to answer. */
export const receive = (language: string): Middleware =>
  async function receive(ctx, next) {
    ctx.state.visit = readVisit(ctx, language)
    await next()
  }

/**
 * @param language `[server] language`; a person's own choice, the cookie `lang`, comes before it.
 */
export const readVisit = (ctx: Context, language: string): Visit => ({
  lang:
    asLang(cookie(ctx, 'lang')) ?? chooseLang(language, ctx.get('accept-language') || undefined),
  theme: asTheme(cookie(ctx, 'theme')),
})

const cookie = (ctx: Context, name: string) => ctx.cookies.get(name, { signed: false })

const asLang = (value?: string): Lang | undefined =>
  value === 'zh-CN' || value === 'en' ? value : undefined

const asTheme = (value?: string) => (value === 'light' || value === 'dark' ? value : '')
