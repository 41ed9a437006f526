import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Port } from '../bots/port.js'
import { clock as machine, type Clock } from '../clock.js'
import { systemLang, texts, type Lang } from '../i18n/index.js'
import type { Answer, Call } from './call.js'
import type { Hook } from './hook.js'
import type { Numbers } from './numbers.js'
import { OneBotSockets } from './onebot11/sockets.js'
import { oneBot11 } from './onebot11/onebot11.js'
import { SatoriDesk } from './satori/desk.js'
import { satori } from './satori/satori.js'
import { tokenHash } from './token.js'
import { webhookIn } from './webhook-in/webhook-in.js'
import { webhookOut } from './webhook-out/webhook-out.js'

/** Programs elsewhere that are bots of this server. */
export interface Gateways {
  /** What a section's `use` finds, beside the plugins that come with the server. */
  builtins: Readonly<Record<string, () => Promise<unknown>>>
  /** The hook that this token opens. */
  hook: (token: string) => Hook | undefined
  /** Does what a program that speaks Satori asks for. Never rejects. */
  satori: (call: Call) => Promise<Answer>
  /** Whether a request is for a WebSocket of a gateway's. */
  isFor: (request: IncomingMessage) => boolean
  /** Takes it over. @param refused Called if its token opens nothing. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, refused: () => void) => void
  /** From now on they can hear and speak. */
  open(server: ServerSide): void
  /** Sends their programs away. */
  close(): Promise<void>
}

/** What gateways need of the running server. */
export interface ServerSide {
  port: Port
  /** Where programs on this machine reach the server: `http://127.0.0.1:8088`, with its base path. */
  url: () => string
  numbers: Numbers
}

/** Where gateways register themselves, in their sections' setup, and what they find the server by. */
export interface Registry {
  /** Of words that the server adds to what a program says. */
  readonly lang: Lang
  readonly clock: Clock
  /** @throws {Error} before the server is open. */
  readonly server: ServerSide
  /** @throws {Error} another section has this token. */
  add(token: string, hook: Hook): void
  remove(token: string): void
  /** A hook for a while: it is forgotten once it is over. */
  lend(token: string, hook: Hook, over: () => boolean): void
  readonly oneBots: OneBotSockets
  readonly satori: SatoriDesk
  /** Begins once the server is open, and is stopped before it closes. */
  whileOpen(begin: () => () => Promise<void>): void
}

/** @param lang Of rooms, where nobody speaks. @param base Path under which the server is: '' or '/x'. */
export function createGateways(lang: Lang, base = '', clock = machine): Gateways {
  const hooks = new Map<string, Hook>()
  const lent = new Map<string, () => boolean>()
  const oneBots = new OneBotSockets(base)
  const desk = new SatoriDesk(base, clock)
  const beginnings: (() => () => Promise<void>)[] = []
  let stops: (() => Promise<void>)[] = []
  let opened: ServerSide | undefined
  const sweep = () => {
    for (const [key, over] of lent) {
      if (!over()) continue
      lent.delete(key)
      hooks.delete(key)
    }
  }
  const registry: Registry = {
    lang,
    clock,
    get server() {
      if (!opened) throw new Error('the server is not open yet')
      return opened
    },
    add(token, hook) {
      const key = tokenHash(token)
      if (hooks.has(key)) throw new Error(texts[systemLang()].hooks.sameToken)
      hooks.set(key, hook)
    },
    remove: (token) => void hooks.delete(tokenHash(token)),
    lend(token, hook, over) {
      sweep()
      hooks.set(tokenHash(token), hook)
      lent.set(tokenHash(token), over)
    },
    oneBots,
    satori: desk,
    whileOpen: (begin) => void beginnings.push(begin),
  }
  return {
    builtins: {
      'webhook-in': async () => ({ default: webhookIn(registry) }),
      'webhook-out': async () => ({ default: webhookOut(registry) }),
      onebot11: async () => ({ default: oneBot11(registry) }),
      satori: async () => ({ default: satori(registry) }),
    },
    hook: (token) => hooks.get(tokenHash(token)),
    satori: (call) => desk.call(call),
    isFor: (request) => oneBots.isFor(request) || desk.isFor(request),
    upgrade: (request, ...rest) =>
      (oneBots.isFor(request) ? oneBots : desk).upgrade(request, ...rest),
    open(server) {
      opened = server
      stops = beginnings.map((begin) => begin())
    },
    async close() {
      await Promise.all([...stops.map((stop) => stop()), oneBots.close(), desk.close()])
    },
  }
}
