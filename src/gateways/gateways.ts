import { createHash } from 'node:crypto'
import { systemLang, texts, type Lang } from '../i18n/index.js'
import type { Hook, Port } from './hook.js'
import { webhookIn } from './webhook-in/webhook-in.js'
import { webhookOut } from './webhook-out/webhook-out.js'

/** Programs elsewhere that speak as bots of this server. */
export interface Gateways {
  /** What a section's `use` finds, beside the plugins that come with the server. */
  builtins: Readonly<Record<string, () => Promise<unknown>>>
  /** The hook that this token opens. */
  hook: (token: string) => Hook | undefined
  /** From now on they can speak. */
  open(port: Port): void
}

/** Where gateways register themselves, in their sections' setup, and by what they speak. */
export interface Registry extends Port {
  /** Of words that the server adds to what a program says. */
  readonly lang: Lang
  /** @throws {Error} another section has this token. */
  add(token: string, hook: Hook): void
  remove(token: string): void
  /** A hook for a while: it is forgotten once it is over. */
  lend(token: string, hook: Hook, over: () => boolean): void
}

/** @param lang Of rooms, where nobody speaks. */
export function createGateways(lang: Lang): Gateways {
  // By hash: how long a look-up takes tells nothing of the tokens that there are.
  const hooks = new Map<string, Hook>()
  const lent = new Map<string, () => boolean>()
  let opened: Port | undefined
  const port = () => {
    if (!opened) throw new Error('the server is not open yet')
    return opened
  }
  const sweep = () => {
    for (const [key, over] of lent) {
      if (!over()) continue
      lent.delete(key)
      hooks.delete(key)
    }
  }
  const registry: Registry = {
    lang,
    add(token, hook) {
      const key = digest(token)
      if (hooks.has(key)) throw new Error(texts[systemLang()].hooks.sameToken)
      hooks.set(key, hook)
    },
    remove: (token) => void hooks.delete(digest(token)),
    lend(token, hook, over) {
      sweep()
      hooks.set(digest(token), hook)
      lent.set(digest(token), over)
    },
    post: (bot, line) => port().post(bot, line),
    whisper: (bot, aside) => port().whisper(bot, aside),
    url: () => port().url(),
  }
  return {
    builtins: {
      'webhook-in': async () => ({ default: webhookIn(registry) }),
      'webhook-out': async () => ({ default: webhookOut(registry) }),
    },
    hook: (token) => hooks.get(digest(token)),
    open: (given) => void (opened = given),
  }
}

const digest = (token: string): string => createHash('sha256').update(token).digest('base64')
