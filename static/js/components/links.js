import { el } from './dom.js'

/** An address ends where a sentence's punctuation begins, Chinese or English. */
const ADDRESS = /https?:\/\/[^\s<>"'`“”‘’，。！？；：、（）【】《》「」]+/giu
const ADDRESS_HERE = new RegExp(ADDRESS, 'iuy')
const SCHEMES = new Set(['http:', 'https:', 'mailto:'])
const LINK = { target: '_blank', rel: 'noopener noreferrer nofollow ugc' }

/**
 * A message's text as nodes: http and https addresses become links, the rest stays text. Line breaks are kept by CSS.
 * @param {string} text @returns {(Node | string)[]}
 */
export function textNodes(text) {
  /** @type {(Node | string)[]} */
  const nodes = []
  let from = 0
  for (const { index, 0: found } of text.matchAll(ADDRESS)) {
    const address = trimEnd(found)
    if (!mayLink(address)) continue
    nodes.push(text.slice(from, index), addressLink(address))
    from = index + address.length
  }
  nodes.push(text.slice(from))
  return nodes.filter((node) => node !== '')
}

/** The address that begins here, without the punctuation of its sentence; '' if none that may be a link. @param {string} text @param {number} start */
export function addressAt(text, start) {
  ADDRESS_HERE.lastIndex = start
  const address = trimEnd(ADDRESS_HERE.exec(text)?.[0] ?? '')
  return mayLink(address) ? address : ''
}

/** Whether an address may become a link: no scripts, and no user name that looks like a host. @param {string} address */
export function mayLink(address) {
  const url = parseUrl(address)
  return url !== undefined && SCHEMES.has(url.protocol) && !url.username && !url.password
}

/** A link that shows where it really leads: a host in other scripts as its punycode. @param {string} address One that may link. */
export function addressLink(address) {
  const { href, protocol, host } = new URL(address)
  // Behind the scheme, and nowhere else: a path may hold whatever its author likes.
  const shown = address.toLowerCase().startsWith(`${protocol}//${host}`) ? address : href
  return el('a', { href, ...LINK }, shown)
}

/** A link under words of somebody's own, and the host that it really leads to behind them. @param {string} address One that may link. @param {(Node | string)[]} label */
export function labelledLink(address, label) {
  const { href, host, pathname } = new URL(address)
  const where = el('span', { class: 'link-host' }, ` (${host || pathname})`)
  return el('a', { href, title: href, ...LINK }, ...label, where)
}

/** Punctuation after an address is the sentence's; so is a bracket that it does not open. @param {string} address */
function trimEnd(address) {
  let end = without(PUNCTUATION, address, address.length)
  let open = address.slice(0, end).split(')').length - address.slice(0, end).split('(').length
  for (; open > 0 && address[end - 1] === ')'; open -= 1) end -= 1
  return address.slice(0, without(PUNCTUATION, address, end))
}

const PUNCTUATION = '.,!?;:*_~'

/** Where a text ends, up to `end`, without any of these. A pattern would try each of a thousand dots. @param {string} these @param {string} text @param {number} end */
function without(these, text, end) {
  while (end > 0 && these.includes(text[end - 1] ?? '')) end -= 1
  return end
}

/** @param {string} address */
function parseUrl(address) {
  try {
    return new URL(address)
  } catch {
    return undefined
  }
}
