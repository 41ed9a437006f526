import type { Page } from 'playwright-core'

/** Elements that no page of ours has, whatever it shows. */
const NEVER = 'iframe object embed base frame frameset applet portal marquee animate set foreignobject video audio source noembed xmp plaintext keygen isindex style' // prettier-ignore

/**
 * What of a document is there by no doing of ours: elements and attributes that could run or load something.
 * It is taken into the page as it stands, so it may use nothing of this file.
 */
const strange = (doc: ParentNode, never: readonly string[]): string[] => {
  const found: string[] = []
  const addresses = new Set(['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'ping', 'background', 'cite', 'srcset']) // prettier-ignore
  const tell = (node: Element) => found.push(node.outerHTML.slice(0, 200))
  for (const node of doc.querySelectorAll('*')) {
    const name = node.localName.toLowerCase()
    const isOurs = name !== 'script' || node.hasAttribute('nonce') || node.getAttribute('type') === 'application/json' // prettier-ignore
    if (never.includes(name) || !isOurs) tell(node)
    if (name === 'meta' && /refresh/i.test(node.getAttribute('http-equiv') ?? '')) tell(node)
    for (const { name: attribute, value } of node.attributes) {
      const bad = /^on|^srcdoc$/i.test(attribute)
      const directive = /^(?:x-|@|:)/.test(attribute) && /__xss|evil/.test(value)
      const style = attribute === 'style' && /__xss|url\(|expression/i.test(value)
      const to = value.replace(/[\t\n\r]/g, '').trim()
      const known = name === 'a' ? /^(?:https?|mailto):/i : /^blob:/
      const away = /^[a-z][a-z0-9+.-]*:/i.test(to) ? !known.test(to) : /^[/\\]{2}/.test(to)
      const own = to.startsWith(`${location.origin}/`)
      const leads = addresses.has(attribute) && away && !own
      if (bad || directive || style || leads)
        found.push(`${name} ${attribute}=${value.slice(0, 200)}`)
    }
  }
  return found
}

/** What stands in a page, or in a part of it, that should not, and whether any of it ran. */
export function strangeIn(page: Page, part = ':root'): Promise<string[]> {
  return page.evaluate<string[]>(
    `(${String(strange)})(document.querySelector(${JSON.stringify(part)}), ${JSON.stringify(NEVER.split(' '))}).concat('__xss' in window ? ['it ran'] : [])`,
  )
}

/** The same of pages as the server sent them, read by the browser's parser. */
export function strangeInSent(page: Page, sent: readonly string[]): Promise<string[]> {
  return page.evaluate<string[]>(
    `(${JSON.stringify(sent)}).flatMap((text) => (${String(strange)})(
      new DOMParser().parseFromString(text, 'text/html'), ${JSON.stringify(NEVER.split(' '))}))`,
  )
}
