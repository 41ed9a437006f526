import { randomUUID } from 'node:crypto'
import { ChatError } from '../errors.js'
import { fill, texts, type Lang } from '../i18n/index.js'
import { note, sayNotes } from '../i18n/notes.js'
import type { Note, RoomSettings, User } from '../protocol.js'
import type { Actor, Beginning, RoomChange, RoomStore } from '../store/store.js'
import type { Telling } from './attention/telling.js'
import { noteAct } from './order/acts.js'
import type { Order } from './order/order.js'
import { hashPasscode, PASSCODE_CHARS, passcodeLength } from './doors/passcode.js'
import type { Room } from './room.js'
import type { Rooms } from './rooms.js'
import { checkLine, checkText } from './text.js'

/** Code points of a title. */
const TITLE_CHARS = 80
/** A topic stands in one line above the talk. Code points. */
const TOPIC_CHARS = 200

/** What of a room may be set; what is left out stays. */
export type Keeping = {
  [K in Exclude<keyof RoomSettings, 'kind' | 'topic' | 'passcode'>]?: RoomSettings[K] | undefined
} & {
  /** '' takes it away. */
  passcode?: string | undefined
}

export interface KeepDeps {
  rooms: Rooms
  roomStore: RoomStore
  telling: Telling
  order: Order
  /** Of lines in the timeline. */
  lang: Lang
}

/** Who changes how a room is kept: as the timeline shows them, and as the audit log does. */
export interface Keeper {
  user: User
  actor: Actor
}

/**
 * Changes how a room is kept, and tells everybody whom it concerns: those in it by `room` and a notice, those
 * who belong to it by their list. What is so already is no change, and nobody is told. Of two at once the later
 * has the last word.
 * @throws {ChatError} `bad_request` or `denied`; nothing was changed.
 */
export const keep = (room: Room, set: Keeping, by: Keeper, deps: KeepDeps): Promise<void> =>
  deps.order.inTurn(async () => {
    const { rooms, roomStore, telling, order, lang } = deps
    const change = await changeOf(room, set)
    if (Object.keys(change).length === 0) return
    const before = room.row
    const row = await roomStore.set(room.id, change)
    if (!row) throw new ChatError('no_such_room')
    rooms.changed(row)

    const entry = { by: by.actor, action: 'settings', roomId: room.id, target: null }
    await noteAct(order, { ...entry, details: noted(change) })
    room.tell(JSON.stringify({ type: 'room', room: room.name, settings: room.settings }))
    telling.changed(before, row)
    const notes = notesOf(change, by)
    const data = sayNotes(notes, lang)
    await room.notice({ user: by.user, cid: `room.${randomUUID()}`, data, notes })
  })

/** That there is a passcode may be known, but not which. */
const noted = ({ passcodeHash, ...change }: RoomChange) => ({
  ...change,
  ...(passcodeHash !== undefined && { passcode: passcodeHash !== null }),
})

/** Could a room be kept so? Asked before one is made. @throws {ChatError} as {@link keep} does. */
export function checkKeeping({ title, passcode }: Keeping): void {
  if (title !== undefined) checkTitle(title)
  if (passcode) checkPasscode(passcode)
}

/** What somebody wants of a room that they make. */
export interface Wish {
  title: string
  topic?: string | undefined
  unlisted?: boolean | undefined
  passcode?: string | undefined
}

/** How a room is to be from its first moment on. @throws {ChatError} as {@link keep} does, and `empty` or `too_long`. */
export async function beginning(wish: Wish, lang: Lang): Promise<Beginning> {
  const { topic = '', unlisted, passcode } = wish
  const title = checkTitle(wish.title)
  if (title === '') throw new ChatError('bad_request', { values: { field: 'title' } })
  return {
    title,
    topic: checkTopic(topic, lang),
    ...(unlisted && { unlisted }),
    ...(passcode && { passcodeHash: await hashed(passcode) }),
  }
}

/** @throws {ChatError} `too_long` in the language of who writes it. */
export function checkTopic(topic: string, lang: Lang): string {
  const data = checkLine(topic)
  if (Array.from(data).length <= TOPIC_CHARS) return data
  const sentence = fill(texts[lang].room.topicTooLong, { limit: TOPIC_CHARS })
  throw new ChatError('too_long', { sentence })
}

const FLAGS = ['unlisted', 'announce', 'archived', 'approval', 'math'] as const

/** What is really another than before. A passcode always is: nobody learns the old one by it. */
async function changeOf({ name, settings }: Room, set: Keeping): Promise<RoomChange> {
  if (name === 'lobby' && (set.unlisted || set.archived)) {
    throw new ChatError('denied', { why: 'lobby' })
  }
  const change: RoomChange = {}
  for (const flag of FLAGS) {
    const on = set[flag] ?? settings[flag]
    if (on !== settings[flag]) change[flag] = on
  }
  const { slow_ms = settings.slow_ms, passcode } = set
  const title = set.title === undefined ? settings.title : checkTitle(set.title)
  if (slow_ms !== settings.slow_ms) change.slow_ms = slow_ms
  if (title !== settings.title) change.title = title
  if (passcode) change.passcodeHash = await hashed(passcode)
  if (passcode === '' && settings.passcode) change.passcodeHash = null
  return change
}

const checkTitle = (title: string): string =>
  title.trim() === '' ? '' : checkText(title.trim(), TITLE_CHARS).replace(/\s+/g, ' ')

function hashed(passcode: string): Promise<string> {
  checkPasscode(passcode)
  return hashPasscode(passcode)
}

function checkPasscode(passcode: string): void {
  const [least, most] = PASSCODE_CHARS
  const length = passcodeLength(passcode)
  if (length < least)
    throw new ChatError('denied', { why: 'shortPasscode', values: { chars: least } })
  if (length > most) throw new ChatError('denied', { why: 'longPasscode', values: { chars: most } })
}

/** A note for each thing that changed. */
function notesOf(change: RoomChange, { user, actor }: Keeper): Note[] {
  const { title, slow_ms, passcodeHash } = change
  // The command line has no name; each reader's language has a word for it.
  const by = actor.id === null ? {} : { name: user.name }
  const notes = [
    title !== undefined && note(title ? 'title' : 'titleOff', { ...by, title }),
    passcodeHash !== undefined && note(passcodeHash ? 'passcode' : 'passcodeOff', by),
    slow_ms !== undefined && note(slow_ms > 0 ? 'slow' : 'slowOff', { ...by, ms: slow_ms }),
    ...FLAGS.map((flag) => {
      const on = change[flag]
      return on !== undefined && note(on ? flag : (`${flag}Off` as const), by)
    }),
  ]
  return notes.filter((one) => one !== false)
}
