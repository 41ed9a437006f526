import { isIP } from 'node:net'

/** `unknown`: well-formed, but a name that somebody may have pointed at us (DNS rebinding). */
export type HostVerdict = 'known' | 'unknown' | 'malformed'

/**
 * Judges the Host of a request: an IP literal, `localhost`, a name without a dot, one that only a local
 * network resolves, or one listed by the host.
 * @param origins `[server] origins`.
 */
export function hostRule(origins: readonly string[]): (host: string) => HostVerdict {
  const listed = new Set(origins.map((origin) => hostOf(origin)?.hostname))

  return function judgeHost(host) {
    const name = /^[^\s/\\?#@]+$/.test(host) ? hostOf(host)?.hostname : undefined
    if (!name) return 'malformed'
    const known = isIP(name) || name.startsWith('[') || !name.includes('.') || isLocalName(name)
    return known || listed.has(name) ? 'known' : 'unknown'
  }
}

/** Splits `host`, `host:port` or a whole origin; undefined for anything else, `*` too. */
export function hostOf(text: string): URL | undefined {
  const address = text.includes('://') ? text : `http://${text}`
  return text !== '*' && URL.canParse(address) ? new URL(address) : undefined
}

const isLocalName = (name: string) => /\.(local|lan|home\.arpa)$/.test(name)
