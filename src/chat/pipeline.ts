import { ChatError } from '../errors.js'
import { compose, type Step } from './compose.js'
import type { Connection } from './connection.js'
import { reportErrors } from './steps/report-errors.js'
import { knownCid } from './steps/known-cid.js'
import { frameRate } from './steps/frame-rate.js'
import { inRoom } from './steps/in-room.js'
import { rights } from './steps/rights.js'
import { slowMode } from './steps/slow-mode.js'
import { typed } from './steps/typed.js'
import { commands } from './steps/commands.js'
import { nickname } from './steps/nickname.js'
import { answer } from './handlers/answer.js'
import { audit } from './handlers/audit.js'
import { ban } from './handlers/ban.js'
import { bans } from './handlers/bans.js'
import { bots } from './handlers/bots.js'
import { chat } from './handlers/chat.js'
import { commandList } from './handlers/commands.js'
import { edit } from './handlers/edit.js'
import { approve } from './handlers/approve.js'
import { direct } from './handlers/direct.js'
import { handled } from './handlers/handled.js'
import { history } from './handlers/history.js'
import { join } from './handlers/join.js'
import { kick } from './handlers/kick.js'
import { leaveRoom } from './handlers/leave.js'
import { invite, invites, revoke } from './handlers/invites.js'
import { make } from './handlers/make.js'
import { members } from './handlers/members.js'
import { mute } from './handlers/mute.js'
import { pin } from './handlers/pin.js'
import { pins } from './handlers/pins.js'
import { policy } from './handlers/policy.js'
import { react } from './handlers/react.js'
import { read } from './handlers/read.js'
import { recall } from './handlers/recall.js'
import { report } from './handlers/report.js'
import { reports } from './handlers/reports.js'
import { role } from './handlers/role.js'
import { search } from './handlers/search.js'
import { notify } from './handlers/notify.js'
import { room } from './handlers/room.js'
import { rooms } from './handlers/rooms.js'
import { stop } from './handlers/stop.js'
import { topic } from './handlers/topic.js'
import { typing } from './handlers/typing.js'
import { unban } from './handlers/unban.js'
import { volume } from './handlers/volume.js'
import type { ClientFrame, FrameOf } from '../frames.js'
import type { ChatDeps } from './deps.js'
import type { Room } from './room.js'

/** A frame on its way: whose it is, and what the steps found out. */
export interface FrameContext<T extends ClientFrame['type'] = ClientFrame['type']> {
  readonly connection: Connection
  /** What is asked for. A typed command becomes the frame that it stands for. */
  frame: FrameOf<T>
  /** The room that the frame names, once `inRoom` has let it pass. */
  room?: Room
  /** What it asks for was done before: it costs nothing. */
  repeated?: boolean
  /** Lets the connection's next frame be taken up, before this one is answered. */
  readonly queued: () => void
}

/** The work of one frame type: it answers through `ctx.connection`, or throws a ChatError. */
export type Handler<T extends ClientFrame['type']> = (
  ctx: FrameContext<T>,
  deps: ChatDeps,
) => Promise<void> | void

/** The same for what is asked of a room that the connection is in. */
export type RoomHandler<T extends ClientFrame['type']> = (
  ctx: FrameContext<T> & { room: Room },
  deps: ChatDeps,
) => Promise<void> | void

const handle = (deps: ChatDeps): Step<FrameContext> =>
  async function handle(ctx) {
    // The table says which handler belongs to which type, and `inRoom` that the room is there.
    const handler = handlers[ctx.frame.type] as RoomHandler<ClientFrame['type']>
    await handler(ctx as FrameContext & { room: Room }, deps)
  }

/** THE ORDER: what every frame of a connection goes through, under the names that are shown. Gates fail closed. */
export const order: Readonly<Record<string, (deps: ChatDeps) => Step<FrameContext>>> = {
  reportErrors,
  knownCid,
  frameRate,
  inRoom,
  typed,
  rights,
  slowMode,
  commands,
  nickname,
  handle,
}

/** @returns what takes a frame through {@link order}; it never rejects. */
export const pipeline = (deps: ChatDeps): ((ctx: FrameContext) => Promise<void>) =>
  compose(Object.values(order).map((step) => step(deps)))

const handlers: {
  [T in ClientFrame['type']]: RoomHandler<T> | Handler<T>
} = {
  join,
  sync: join,
  leave: leaveRoom,
  chat,
  history,
  search,
  members,
  bots,
  policy,
  volume,
  commands: commandList,
  room,
  rooms,
  make,
  direct,
  notify,
  approve,
  invite,
  invites,
  revoke,
  nickname: unanswered,
  typing,
  read,
  stop,
  edit,
  recall,
  react,
  answer,
  pin,
  pins,
  topic,
  mute,
  kick,
  ban,
  unban,
  bans,
  role,
  report,
  reports,
  handled,
  audit,
}

/** `nickname` was answered by its step; a frame that still comes here has no plugin to answer it. */
function unanswered(): never {
  throw new ChatError('unknown_type')
}
