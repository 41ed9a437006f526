import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { z } from 'zod'
import type { Clock } from '../../clock.js'
import type { BotSocket } from '../bot-socket.js'
import { BotSockets } from '../bot-sockets.js'
import type { Answer, BodyFault, Call } from '../call.js'
import { parsed } from '../parsed.js'
import { tokenHash } from '../token.js'
import type { Happening } from './events.js'
import { PLATFORM, type Login } from './model.js'

/** https://satori.chat/en-US/protocol/events.html#websocket */
const Op = { event: 0, ping: 1, pong: 2, identify: 3, ready: 4 } as const
/** As the reference server closes. */
const Close = { badFrame: 4000, badToken: 4004 } as const
/** A program says who it is within so many milliseconds. */
const IDENTIFY_MS = 10_000
/** What was missed can be told again for so long, in milliseconds, and so many events of it. */
const KEPT_MS = 300_000
const KEPT_EVENTS = 10_000

const frame = z.object({ op: z.int(), body: z.unknown().optional() })
const identity = z.object({ token: z.string().nullish(), sn: z.number().nullish() })

/** A bot of ours, as the programs of its token know it. */
export interface Account {
  login: () => Login
  call: (method: string, body: unknown) => Promise<Answer>
}

interface Kept {
  sn: number
  /** By the steady clock. */
  at: number
  frame: object
}

/** The accounts of one token, the programs that are here by it, and what they were told lately. */
class House {
  readonly accounts: Account[] = []
  readonly sockets = new Set<BotSocket>()
  readonly #clock: Clock
  #sn: number
  #kept: Kept[] = []

  constructor(clock: Clock) {
    this.#clock = clock
    // Later starts count on where earlier ones ended: who resumes by an older number misses nothing.
    this.#sn = clock.now()
  }

  tell(login: Login, happening: Happening): void {
    const now = this.#clock.steady()
    const sn = (this.#sn += 1)
    const frame = { op: Op.event, body: { sn, login, ...happening } }
    const old = this.#kept.findIndex(({ at }) => at > now - KEPT_MS)
    const from = Math.max(old === -1 ? this.#kept.length : old, this.#kept.length + 1 - KEPT_EVENTS)
    if (from > 0) this.#kept = this.#kept.slice(from)
    this.#kept.push({ sn, at: now, frame })
    for (const socket of this.sockets) socket.send(frame)
  }

  /** What was told after a number. */
  after(sn: number): object[] {
    return this.#kept.filter((kept) => kept.sn > sn).map((kept) => kept.frame)
  }
}

/**
 * Where programs that speak Satori come: the WebSocket `/satori/v1/events`, and calls. A token opens one account or
 * several.
 */
export class SatoriDesk {
  readonly #path: string
  readonly #clock: Clock
  readonly #houses = new Map<string, House>()
  readonly #sockets = new BotSockets()

  /** @param base Path under which the server is: '' or '/x'. */
  constructor(base: string, clock: Clock) {
    this.#path = `${base}/satori/v1/events`
    this.#clock = clock
  }

  /** @returns its number among the accounts of the token, from 1, and what tells its programs of events. */
  add(token: string, account: Account): { sn: number; tell: (happening: Happening) => void } {
    const key = tokenHash(token)
    const house = this.#houses.get(key) ?? new House(this.#clock)
    this.#houses.set(key, house)
    const sn = house.accounts.push(account)
    return { sn, tell: (happening) => house.tell(account.login(), happening) }
  }

  remove(token: string, account: Account): void {
    const key = tokenHash(token)
    const house = this.#houses.get(key)
    const at = house?.accounts.indexOf(account) ?? -1
    if (!house || at === -1) return
    house.accounts.splice(at, 1)
    if (house.accounts.length > 0) return
    this.#houses.delete(key)
    for (const socket of house.sockets) socket.close(1001, 'closing')
  }

  /** Never rejects. */
  async call({ method, token, platform, user, body }: Call): Promise<Answer> {
    const house = this.#houses.get(tokenHash(token))
    if (!house) return { status: 401, body: { message: 'this token opens nothing here' } }
    const { accounts } = house
    const account =
      user === '' && accounts.length === 1
        ? accounts[0]
        : accounts.find(({ login }) => login().user?.id === user)
    if (!account || (platform !== '' && platform !== PLATFORM)) {
      const message =
        'satori-platform and satori-user-id have to name one of the logins of this token'
      return { status: 403, body: { message } }
    }
    const read = await body()
    if ('fault' in read) return UNREADABLE[read.fault]
    const json = parsed(read.text || '{}')
    return json === undefined ? UNREADABLE.broken : account.call(method, json)
  }

  /** Whether a request is for the events, and there is anybody to ask for. */
  isFor({ url = '' }: IncomingMessage): boolean {
    return url.split('?', 1)[0] === this.#path && this.#houses.size > 0
  }

  /** Takes it over. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, refused: () => void): void {
    this.#sockets.upgrade(request, socket, head, (program) => this.#serve(program, refused))
  }

  /** Sends everybody away, and resolves when they are gone. */
  close(): Promise<void> {
    return this.#sockets.close()
  }

  #serve(socket: BotSocket, refused: () => void): void {
    const late = setTimeout(() => socket.close(Close.badToken, 'who are you?'), IDENTIFY_MS)
    let known = false
    socket.onClose(() => clearTimeout(late))
    socket.onText((text) => {
      const read = frame.safeParse(parsed(text))
      if (!read.success) return socket.close(Close.badFrame, 'a frame is {"op": …, "body": {…}}')
      const { op, body } = read.data
      if (op === Op.ping) return socket.send({ op: Op.pong, body: {} })
      if (op !== Op.identify || known) return undefined
      const claim = identity.safeParse(body ?? {})
      const house = this.#houses.get(tokenHash((claim.success && claim.data.token) || ''))
      if (!house) {
        refused()
        return socket.close(Close.badToken, 'this token opens nothing here')
      }
      clearTimeout(late)
      known = true
      const logins = house.accounts.map(({ login }) => login())
      socket.send({ op: Op.ready, body: { logins, proxy_urls: [] } })
      const missed = typeof claim.data?.sn === 'number' ? house.after(claim.data.sn) : []
      for (const one of missed) socket.send(one)
      house.sockets.add(socket)
      socket.onClose(() => house.sockets.delete(socket))
      return undefined
    })
  }
}

const UNREADABLE: Readonly<Record<BodyFault, Answer>> = {
  broken: { status: 400, body: { message: 'the body is not JSON' } },
  large: { status: 413, body: { message: 'the body is too large: at most 8 MiB' } },
  slow: { status: 408, body: { message: 'the body did not come in time' } },
}
