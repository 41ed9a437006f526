import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Clock } from '../clock.js'
import type { Logger } from '../log.js'
import type { Meter } from '../meter.js'
import { Close } from '../protocol.js'
import type { Attention } from './attention/attention.js'
import type { Telling } from './attention/telling.js'
import { Connection } from './connection.js'
import type { Connections } from './connections.js'
import type { ChatLimits } from './deps.js'
import { leaveAll } from './enter.js'
import type { Admission, Refusal, Visitor } from './face.js'
import { hello } from './hello.js'
import type { Guests } from './lines/guests.js'
import type { Order } from './order/order.js'
import { whyAway } from './order/send-away.js'
import type { Outbox } from './outbox.js'
import type { Rooms } from './rooms.js'
import { Seldom } from '../seldom.js'
import type { Whereabouts } from './presence/whereabouts.js'

export interface ReceptionOptions {
  store: { epoch: string }
  limits: ChatLimits
  clock: Clock
  version: string
  connections: Connections
  rooms: Rooms
  order: Order
  attention: Attention
  whereabouts: Whereabouts
  telling: Telling
  outbox: Outbox
  guests: Guests
  /** What reads the frames of a connection, by what it speaks. */
  serve: Record<
    Connection['mode'],
    (ws: WebSocket, connection: Connection, admission: Admission) => void
  >
  meter: Meter
  log: Logger
}

/** Who may connect, and how a connection begins and ends. */
export class Reception {
  readonly #options: ReceptionOptions
  readonly #seldom = new Seldom()
  #closed = false

  constructor(options: ReceptionOptions) {
    this.#options = options
  }

  /** Nobody comes in any more. */
  close(): void {
    this.#closed = true
  }

  /** What speaks against one more connection from an address, before it is known whose it is. */
  refuse(address: string): Refusal | undefined {
    const { connections, limits, meter, log } = this.#options
    const { connections_per_ip: perAddress } = limits
    if (this.#closed) {
      meter.refused.upgrade.add('503')
      return { status: 503, sentence: 'The server is restarting.', retryAfterS: 5 }
    }
    if (perAddress > 0 && connections.countOfAddress(address) >= perAddress) {
      meter.refused.upgrade.add('429')
      if (this.#seldom.tells(address))
        log.warn({ event: 'limit', limit: 'connections_per_ip', address }, 'refused')
      return { status: 429, sentence: 'Too many connections from this address.', retryAfterS: 10 }
    }
    return undefined
  }

  /** Takes over a connection that came through the gate. */
  accept(ws: WebSocket, socket: Socket, admission: Admission): void {
    const { visitor, address, over } = admission
    if (over && visitor) this.#expectGuest(ws, visitor.user.id, address, over)
    const refusal = this.#whyNot(admission)
    if (!visitor || refusal) return this.#refuse(ws, admission, refusal ?? invalidUser)

    const connection = this.#connect(ws, socket, { ...admission, visitor })
    // The two share what they know; all else that they would hold is kept as long as the connection.
    ws.on('error', (error) => this.#tellBroken(error, whoIs(connection)))
    ws.on('close', (code) => this.#ended(code, connection))
    this.#options.serve[connection.mode](ws, connection, admission)
  }

  #expectGuest(ws: WebSocket, id: number, address: string, over: () => Promise<void>): void {
    const { guests } = this.#options
    guests.came(id, address, over)
    ws.on('close', () => void guests.left(id))
  }

  #whyNot({ visitor, lang, address }: Admission): { code: number; reason: string } | undefined {
    if (!visitor) return invalidUser
    const { limits, order, connections } = this.#options
    const { user, device, sidHash } = visitor
    const banned = order.bannedMs(undefined, { userId: user.id, device, address })
    if (banned > 0) return { code: Close.noAccess, reason: whyAway('everywhere', banned, lang) }
    const { connections_per_session: perSession } = limits
    if (perSession > 0 && connections.countOfSession(sidHash) >= perSession)
      return { code: Close.tooManyConnections, reason: 'too many connections' }
    return undefined
  }

  #refuse(
    ws: WebSocket,
    { visitor, address }: Admission,
    { code, reason }: { code: number; reason: string },
  ): void {
    const who = { address, ...(visitor && { user: visitor.user.id, session: visitor.sidHash }) }
    ws.on('error', (error) => this.#tellBroken(error, who))
    this.#options.log.info({ event: 'connection', code, ...who }, 'refused')
    ws.close(code, reason)
  }

  #connect(
    ws: WebSocket,
    socket: Socket,
    { visitor, mode, lang, address, origin }: Admission & { visitor: Visitor },
  ): Connection {
    const { outbox, connections, meter } = this.#options
    const wake = outbox.wakeConnection
    const about = { ws, socket, visitor, mode, lang, address, origin }
    const connection = new Connection({ ...about, wake, tooSlow: this.#tooSlow })
    connections.add(connection)
    meter.opened.add(mode)
    return connection
  }

  #ended(code: number, connection: Connection): void {
    const { meter, connections } = this.#options
    meter.closed.add(String(connection.closedWith ?? code))
    connections.remove(connection)
    this.#farewell(connection)
    leaveAll(connection, { atOnce: connection.mode === 'plain' }) // such a guest never comes back as the same
  }

  /** ws closes by itself, with the code that fits; who listens for it keeps the process alive. */
  #tellBroken({ code = '' }: NodeJS.ErrnoException, who: object): void {
    if (code.startsWith('WS_ERR'))
      this.#options.log.info({ event: 'protocol', reason: code, ...who }, 'cut off')
  }

  readonly #tooSlow = (connection: Connection): void => {
    const { log } = this.#options
    log.info({ event: 'limit', limit: 'slow reader', ...whoIs(connection) }, 'cut off')
  }

  /** The first frame of a connection, once it is known what its person has not read. Never rejects. */
  async greet(connection: Connection): Promise<void> {
    const { attention, whereabouts, rooms, telling, log } = this.#options
    const { id } = connection.user
    try {
      await attention.arrive(id)
      const mayMake = rooms.mayMake('', id)
      const volumes = attention.volumesOf(id)
      connection.send(hello(connection, telling, { ...this.#options, mayMake, volumes }))
      connection.greeted = true
      if (!connection.grant && connection.open) whereabouts.came(connection.user)
    } catch (error) {
      log.error({ err: error, user: id }, 'hello failed')
      connection.close(Close.serverError, 'internal error')
    }
  }

  /** Before their rooms are told: whose last connection it was is nowhere else either. */
  #farewell({ user }: Connection): void {
    const { connections, attention, whereabouts } = this.#options
    if (connections.ofUser(user.id).length > 0) return
    attention.leave(user.id)
    whereabouts.went(user.id)
  }
}

const invalidUser = { code: Close.invalidUser, reason: 'Invalid user' }

const whoIs = ({ address, user, sidHash }: Connection) => ({
  address,
  user: user.id,
  session: sidHash,
})
