import { createHash } from 'node:crypto'
import { systemLang, texts, type Lang } from '../i18n/index.js'
import type { Hook, Post } from './hook.js'
import { webhookIn } from './webhook-in/webhook-in.js'

/** Programs elsewhere that speak as bots of this server. */
export interface Gateways {
  /** What a section's `use` finds, beside the plugins that come with the server. */
  builtins: Readonly<Record<string, () => Promise<unknown>>>
  /** The hook that this token opens. */
  hook: (token: string) => Hook | undefined
  /** From now on they can speak. */
  open(post: Post): void
}

/** Where gateways register themselves, in their sections' setup. */
export interface Registry {
  /** Of words that the server adds to what a program says. */
  readonly lang: Lang
  /** @throws {Error} another section has this token. */
  add(token: string, hook: Hook): void
  remove(token: string): void
  post: Post
}

/** @param lang Of rooms, where nobody speaks. */
export function createGateways(lang: Lang): Gateways {
  // By hash: how long a look-up takes tells nothing of the tokens that there are.
  const hooks = new Map<string, Hook>()
  let say: Post | undefined
  const registry: Registry = {
    lang,
    add(token, hook) {
      if (hooks.has(digest(token))) throw new Error(texts[systemLang()].hooks.sameToken)
      hooks.set(digest(token), hook)
    },
    remove: (token) => void hooks.delete(digest(token)),
    post(bot, line) {
      if (!say) throw new Error('the server is not open yet')
      return say(bot, line)
    },
  }
  return {
    builtins: { 'webhook-in': async () => ({ default: webhookIn(registry) }) },
    hook: (token) => hooks.get(digest(token)),
    open: (post) => void (say = post),
  }
}

const digest = (token: string): string => createHash('sha256').update(token).digest('base64')
