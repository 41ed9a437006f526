import { basename } from 'node:path'
import nunjucks from 'nunjucks'
import { fillSpaced, texts } from '../i18n/index.js'
import type { Assets } from './assets.js'
import type { Context } from './context.js'

export interface ViewOptions {
  templates: string
  files: Assets
  /** '' or '/x'. */
  base: string
  /** `[server] title`; '' leaves it to the page. */
  title: string
  /** Reads templates anew each time. */
  fresh: boolean
}

/** Answers with a template of ours; its name never comes from a request. */
export type ShowPage = (ctx: Context, template: string, values?: object) => void

/** Makes what renders pages, with what every page gets: words, addresses of its files, nonce and colours. */
export function views({ templates, files, base, title, fresh }: ViewOptions): ShowPage {
  const loader = new nunjucks.FileSystemLoader(templates, { noCache: fresh })
  const environment = new nunjucks.Environment(loader, { autoescape: true })
  environment.addFilter('island', island)
  environment.addFilter('with', fillSpaced)
  const common = {
    base,
    title,
    asset: (path: string) => `${base}/static/${files.versioned(path)}`,
    chunksOf: (path: string) => files.chunksOf(path).map((name) => `${base}/static/${name}`),
    drawing: (path: string) => drawing(path, files),
    inlined: (path: string) => inlined(path, files),
  }

  return function showPage(ctx, template, values) {
    const { nonce, visit } = ctx.state
    const { lang, theme } = visit
    const t = texts[lang].page
    ctx.type = 'html'
    ctx.body = environment.render(template, { ...common, lang, theme, nonce, t, ...values })
  }
}

/** One of our own drawings as a `<symbol>` named after its file, for pages that show it without asking for it. */
function drawing(path: string, files: Assets): nunjucks.runtime.SafeString {
  const svg = files.find(path)?.body.toString().trim() ?? ''
  const [, opening = '', inside = ''] = /^<svg ([^>]*)>(.*)<\/svg>$/s.exec(svg) ?? []
  const viewBox = /viewBox="[\d .-]+"/.exec(opening)?.[0] ?? ''
  const id = basename(path, '.svg')
  return new nunjucks.runtime.SafeString(`<symbol id="${id}" ${viewBox}>${inside}</symbol>`)
}

/** A script of ours that stands in the page, for what is not to wait for another file. */
function inlined(path: string, files: Assets): nunjucks.runtime.SafeString {
  return new nunjucks.runtime.SafeString(files.find(path)?.body.toString().trim() ?? '')
}

/** JSON that may stand inside a `<script type="application/json">`, whatever its strings hold. */
function island(value: unknown): nunjucks.runtime.SafeString {
  const json = JSON.stringify(value).replace(/[<\u2028\u2029]/g, escaped)
  return new nunjucks.runtime.SafeString(json)
}

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
