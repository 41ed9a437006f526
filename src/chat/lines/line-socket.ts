import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import { ChatError } from '../../errors.js'
import { LONGEST_TIMER_MS } from '../../clock.js'
import { Close } from '../../protocol.js'
import { bareSentence } from '../answers.js'
import type { ChatDeps } from '../deps.js'
import type { Connection } from '../connection.js'
import { listen } from '../enter.js'
import type { Admission } from '../face.js'
import { comer, type Order } from '../order/order.js'
import { whyAway } from '../order/send-away.js'
import { may } from '../rights.js'
import type { Membership, Room } from '../room.js'
import { readTexts } from '../socket.js'
import type { Dialect } from './dialect.js'

/**
 * Serves clients of the tutorial's kind: they are told what opens their dialect, then every text frame is a line for
 * the lobby. A refused line comes back from the bot, to that socket alone.
 */
export const lineSocket = (
  deps: ChatDeps,
  dialect: Dialect,
): ((ws: WebSocket, connection: Connection, admission: Pick<Admission, 'asksState'>) => void) => {
  const { messages, deliver, order, log, firstBot } = deps

  return function serve(ws, connection, { asksState }) {
    const lobby = deps.rooms.open('lobby')
    if (!lobby) throw new Error('the lobby is not open')
    const banned = order.bannedMs(lobby, comer(connection))
    if (banned > 0)
      return connection.close(Close.noAccess, whyAway('room', banned, connection.lang))
    const ready = letIn(connection, lobby, { ...deps, dialect })

    const handle = async (line: string, queued: () => void): Promise<void> => {
      const data = line.trim()
      if (data === '') return
      try {
        const wait = messages.take(connection.user.id)
        if (wait > 0) {
          throw new ChatError('rate_limited', { values: { seconds: Math.ceil(wait / 1000) } })
        }
        const { user, lang } = connection
        const refusal = may('chat', order.asking(connection, lobby))
        if (refusal) throw refusal
        const takeBack = order.pace(connection, lobby)
        const cid = `${connection.mode}.${randomUUID()}`
        await deliver({ room: lobby, user, cid, data, lang, queued }).catch((error: unknown) => {
          takeBack?.()
          throw error
        })
      } catch (error) {
        if (!(error instanceof ChatError)) {
          log.error({ err: error, user: connection.user.id }, 'a bare line failed')
          return connection.close(Close.serverError, 'internal error')
        }
        const why = bareSentence(error, connection.lang)
        connection.sendFrame(dialect.aside(lobby.moment(), firstBot(), why))
        if (asksState) connection.send({ back: data })
      }
    }
    readTexts(ws, connection, { handle, ready })
    if (asksState) void ready.then(() => tellState(ws, connection, lobby, order))
  }
}

/**
 * Whether a guest may speak, and why not, for a page that asks: each line begins with a bracket, and this does not. Who is
 * not in learns nothing of the room. It is told once, not again as the time of a mute runs out.
 */
function tellState(ws: WebSocket, connection: Connection, lobby: Room, order: Order): void {
  if (!connection.open || !connection.memberships.has(lobby.name)) return
  let told = ''
  let timer: NodeJS.Timeout | undefined
  const look = (): void => {
    clearTimeout(timer)
    // Before the rule: a mute that ends between the two is over, and not another one.
    const { muted_until } = order.standing(connection, lobby)
    const refusal = may('chat', order.asking(connection, lobby))
    const { why, waitMs: ms } = refusal?.details ?? {}
    // Of the end of a mute nobody tells.
    if (ms !== undefined) timer = setTimeout(look, Math.min(ms, LONGEST_TIMER_MS))
    const state = refusal ? `${refusal.code} ${why} ${ms === undefined ? '' : muted_until}` : ''
    if (state === told) return
    told = state
    const closed = refusal ? bareSentence(refusal, connection.lang) : ''
    connection.send({ closed, ...(ms !== undefined && { muted_ms: Math.ceil(ms) }) })
  }
  look()
  lobby.lookers.add(look)
  ws.once('close', () => {
    lobby.lookers.delete(look)
    clearTimeout(timer)
  })
}

/** This page can neither ask for a passcode nor wait for a moderator: who has to is sent away. Never rejects. */
async function letIn(
  connection: Connection,
  lobby: Room,
  { doors, dialect, log }: Pick<ChatDeps, 'doors' | 'log'> & { dialect: Dialect },
): Promise<void> {
  try {
    const { passcode, approval } = lobby.settings
    const open = !passcode && !approval
    if (open || (await doors.find(lobby.name, connection)).access === 'in') {
      if (connection.open) comeIn(connection, lobby, dialect)
    } else {
      connection.close(Close.noAccess, 'no access')
    }
  } catch (error) {
    log.error({ err: error, user: connection.user.id }, 'a page of bare lines failed')
    connection.close(Close.serverError, 'internal error')
  }
}

function comeIn(connection: Connection, lobby: Room, dialect: Dialect): void {
  const membership: Membership = { connection, room: lobby, listener: undefined, over: false }
  connection.memberships.set(lobby.name, membership)
  const came = lobby.presence.enter(membership)
  const members = lobby.members()
  for (const frame of dialect.opening(lobby.moment(), connection.user, members)) {
    connection.sendFrame(frame)
  }
  listen(membership)
  if (came) lobby.moved('join', lobby.seen(connection.user), connection.lang)
}
