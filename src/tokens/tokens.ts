import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { BotRoom, Visitor } from '../chat/face.js'
import type { Logger } from '../log.js'
import type { BotNameReason } from '../people/people.js'
import type { Scope, User } from '../protocol.js'
import { SCOPES } from '../protocol.js'
import type { Actor, BotToken, TokenStore } from '../store/store.js'

/** 256 random bits behind a mark by which scanners for leaked secrets know it. */
const TOKEN = /^crt_[\w-]{43}$/
/** When a token was used last is written so often, in milliseconds. */
const USED_MS = 30_000
/** Tokens of a server; more of them nobody looks after. */
const MOST = 1_000

export interface TokensOptions {
  store: TokenStore
  /** The bot of this name in the store. */
  identify: (name: string) => Promise<User>
  /** May a bot be called so? @param own Names of those that come by tokens. */
  judge: (
    name: string,
    own: ReadonlySet<string>,
  ) => Promise<{ name: string } | { refused: BotNameReason }>
  /** The name of a room as it is kept; undefined: there is none, or it is of two. */
  room: (name: string) => Promise<string | undefined>
  /** A bot has one token more, or one less. */
  changed: (bot: User, change: Change) => Promise<void>
  /** A token ended: connections that came by it are closed. */
  ended: (session: string) => void
  /** May it read there and speak? */
  admits: (bot: number, rooms: readonly string[], room: BotRoom) => boolean
  now: () => number
  log: Logger
}

/** Where a bot is a member. */
type Places = (room: BotRoom) => boolean

export interface Change {
  was: Places
  /** As of whenever it is asked. */
  is: Places
  /** It has a token. */
  has: boolean
  /** Whether one of them has not expired. */
  up: () => boolean
}

/** What somebody wants a token for. */
export interface Wish {
  name: string
  /** None given: to read and to write. */
  scopes?: readonly Scope[] | undefined
  /** None given: every room that is open to all. */
  rooms?: readonly string[] | undefined
  /** How long it is good, in milliseconds; absent: until it is revoked. */
  ms?: number | undefined
}

export type Made =
  /** The token itself is told this once. */
  | { token: string; made: BotToken }
  | { refused: 'name'; why: BotNameReason }
  | { refused: 'room'; room: string }
  | { refused: 'many'; limit: number }

export type Refused = Extract<Made, { refused: string }>

/**
 * The bots that are programs elsewhere, and the tokens by which they are let in: in memory after the start, so that
 * each question is a look into a map, by a hash that tells nothing of the tokens that there are.
 */
export class Tokens {
  readonly #options: TokensOptions
  readonly #byHash = new Map<string, BotToken>()
  readonly #unwritten = new Map<number, number>()
  /** Revoked, though that is not on the disk yet: they open nothing, and can be revoked again if it failed. */
  readonly #ending = new Map<number, BotToken>()
  readonly #timer: NodeJS.Timeout
  #writing: Promise<void> | undefined

  private constructor(options: TokensOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.#write(), USED_MS).unref()
  }

  /** Reads what was given out before; the bots come. */
  static async open(options: TokensOptions): Promise<Tokens> {
    const tokens = new Tokens(options)
    for (const token of await options.store.all()) {
      const was = tokens.#placesOf(token.bot)
      tokens.#byHash.set(token.hash, token)
      await tokens.#changed(token.bot, was)
    }
    return tokens
  }

  /** Who comes with this token; any string may be given. Undefined: it was never given out, has expired or was revoked. */
  check(secret: string): Visitor | undefined {
    if (!TOKEN.test(secret)) return undefined
    const hash = hashOf(secret)
    const token = this.#byHash.get(hash)
    if (!token || !timingSafeEqual(Buffer.from(token.hash), Buffer.from(hash))) return undefined
    const now = this.#options.now()
    if (isOver(token, now)) return undefined
    token.usedAt = now
    this.#unwritten.set(token.id, now)
    return {
      user: token.bot,
      sidHash: sessionOf(token.id),
      grant: {
        scopes: new Set(SCOPES.filter((scope) => token.scopes.includes(scope))),
        rooms: token.rooms,
      },
    }
  }

  /** Those of these sessions that came by a token that is still good. */
  stillValid(sessions: readonly string[]): string[] {
    const now = this.#options.now()
    const good = [...this.#byHash.values()].filter((token) => !isOver(token, now))
    const names = new Set(good.map(({ id }) => sessionOf(id)))
    return sessions.filter((session) => names.has(session))
  }

  /** Is a bot that comes by tokens a member of this room? Until they are revoked, expired or not. */
  isIn(bot: number, room: BotRoom): boolean {
    return this.#admit(bot, this.#of(bot), room)
  }

  /** Those that were not revoked, the oldest first. */
  list(): readonly (BotToken & { expired: boolean })[] {
    const now = this.#options.now()
    return [...this.#byHash.values(), ...this.#ending.values()]
      .map((token) => ({ ...token, expired: this.#ending.has(token.id) || isOver(token, now) }))
      .toSorted((a, b) => a.id - b.id)
  }

  /** Makes a token for a bot, and the bot if there is none of this name. */
  async make(wish: Wish, by: Actor): Promise<Made> {
    const { store, identify, judge, room: find, now, log } = this.#options
    if (this.#byHash.size >= MOST) return { refused: 'many', limit: MOST }
    const own = new Set([...this.#byHash.values()].map(({ bot }) => bot.name))
    const judged = await judge(wish.name, own)
    if ('refused' in judged) return { refused: 'name', why: judged.refused }
    const rooms: string[] = []
    for (const asked of wish.rooms ?? []) {
      const room = await find(asked)
      if (room === undefined) return { refused: 'room', room: asked }
      if (!rooms.includes(room)) rooms.push(room)
    }
    const bot = await identify(judged.name)
    const token = `crt_${randomBytes(32).toString('base64url')}`
    const wanted = wish.scopes ?? (['read', 'write'] as const)
    const scopes = SCOPES.filter((scope) => wanted.includes(scope))
    const at = now()
    const fresh = {
      hash: hashOf(token),
      bot,
      scopes,
      rooms,
      madeAt: at,
      ...(wish.ms !== undefined && { expiresAt: at + wish.ms }),
    }
    const details = { scopes, ...(rooms.length > 0 && { rooms }) }
    const id = await store.add(fresh, { ...entryOf('token', bot, by, at), details })
    const made = { id, ...fresh }
    const was = this.#placesOf(bot)
    this.#byHash.set(made.hash, made)
    await this.#changed(bot, was)
    log.info({ event: 'token', token: id, bot: bot.id, by: by.id }, 'audit')
    return { token, made }
  }

  /**
   * Ends a token at once and for good. @returns what it was; undefined: there is none of this number.
   * @throws when it could not be written down: until the next start it opens nothing, and it can be revoked again.
   */
  async revoke(id: number, by: Actor): Promise<BotToken | undefined> {
    const { store, ended, now, log } = this.#options
    const token = this.#ending.get(id) ?? [...this.#byHash.values()].find((one) => one.id === id)
    if (!token) return undefined
    const was = this.#placesOf(token.bot)
    const isLive = this.#byHash.delete(token.hash)
    this.#unwritten.delete(id)
    this.#ending.set(id, token)
    ended(sessionOf(id))
    const at = now()
    const details = { token: id }
    // It waits for nothing: a server that ends while the room is told must not start with a token that was revoked.
    const kept = store.revoke(id, at, { ...entryOf('untoken', token.bot, by, at), details })
    const [isFirst] = await Promise.all([kept, isLive && this.#changed(token.bot, was)])
    this.#ending.delete(id)
    if (isFirst) log.info({ event: 'untoken', token: id, bot: token.bot.id, by: by.id }, 'audit')
    return token
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#write()
    await this.#writing
  }

  /** Where a bot is a member as things stand. */
  #placesOf({ id }: User): Places {
    const tokens = this.#of(id)
    return (room) => this.#admit(id, tokens, room)
  }

  #admit(bot: number, tokens: readonly BotToken[], room: BotRoom): boolean {
    return tokens.some(({ rooms }) => this.#options.admits(bot, rooms, room))
  }

  #changed(bot: User, was: Places): Promise<void> {
    const has = this.#of(bot.id).length > 0
    const is: Places = (room) => this.isIn(bot.id, room)
    const up = () => this.#of(bot.id).some((token) => !isOver(token, this.#options.now()))
    return this.#options.changed(bot, { was, is, has, up })
  }

  #of(bot: number): BotToken[] {
    return [...this.#byHash.values()].filter((token) => token.bot.id === bot)
  }

  /** Nobody waits for it, and what is lost with the power is a time of the last half minute. */
  #write(): void {
    if (this.#unwritten.size === 0) return
    const times = [...this.#unwritten].map(([id, at]) => ({ id, at }))
    this.#unwritten.clear()
    const { store, log } = this.#options
    const before = this.#writing
    this.#writing = Promise.resolve(before)
      .then(() => store.used(times))
      .catch((error: unknown) => log.warn({ err: error }, 'when tokens were used was not kept'))
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')
const sessionOf = (id: number) => `token.${id}`
const isOver = ({ expiresAt = Infinity }: BotToken, now: number) => expiresAt <= now
const entryOf = (action: string, { id, name }: User, by: Actor, at: number) => ({
  at,
  by,
  action,
  roomId: null,
  target: { id, name },
})
