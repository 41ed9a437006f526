import type { Ask, Visits } from '../chat/face.js'
import type { Answer, Call } from '../gateways/call.js'
import type { Hook } from '../gateways/hook.js'
import type { Lang } from '../i18n/index.js'
import type { Logger } from '../log.js'
import type { People } from '../people/people.js'
import type { User } from '../protocol.js'
import type { Tokens } from '../tokens/tokens.js'

/** The part of the configuration that pages and the gate look at; its keys are told in config.ini. */
export interface WebConfig {
  readonly server: {
    readonly host: string
    readonly title: string
    readonly language: string
    readonly origins: readonly string[]
    readonly trust_proxy: readonly string[]
    /** '' or '/x'. */
    readonly base_path: string
    readonly metrics_token: string
    readonly plain: boolean
  }
  /** `ttl` in milliseconds. */
  readonly session: { readonly ttl: number }
  /** Per address and 10 minutes; 0 = off. */
  readonly limits: {
    readonly signins_per_window: number
    readonly new_connections_per_window: number
  }
}

/** What the pages and the gate need from the rest of the server. */
export interface WebNeeds {
  config: WebConfig
  people: People
  /** Keys of the session cookie: the first signs, all verify. */
  secrets: readonly string[]
  /** Hex digits; the first six name the session's cookie. */
  serverId: string
  log: Logger
  /** A free nickname. */
  nickname: (lang: Lang) => Promise<string>
  lobby: {
    title: (lang: Lang) => string
    /** Who is in it now, bots first, and of its people who is in another room. */
    members: () => readonly User[]
  }
  visits: Visits
  /** The hook that a token opens. */
  hook: (token: string) => Hook | undefined
  /** What bots elsewhere are let in by. */
  tokens: Pick<Tokens, 'check' | 'list' | 'make' | 'revoke'>
  /** Takes a frame of theirs through the pipeline. */
  ask: Ask
  /** Does what a program that speaks Satori asks for. */
  satori: (call: Call) => Promise<Answer>
  /** How long somebody may not come in at all, in milliseconds; 0: may come, Infinity: never. */
  bannedMs: (comer: { userId?: number; device?: string; address: string }) => number
  /** Makes somebody host by the token of a one-time link; false: it is unknown, over or used up. */
  claimHost: (user: User, token: string) => Promise<boolean>
  ready: () => { ready: boolean; reasons: readonly string[] }
  /** Prometheus' text format. */
  metrics: () => Promise<string>
  /** Counts what was refused, by its status. */
  refused?: (at: 'upgrade' | 'page', status: number) => void
  /** How long the body of a program's request may take to come, in milliseconds. @default 10 s */
  bodyMs?: number
  version: string
}
