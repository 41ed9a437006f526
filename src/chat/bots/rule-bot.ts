import { randomUUID } from 'node:crypto'
import { note, sayNotes } from '../../i18n/notes.js'
import type { Lang } from '../../i18n/index.js'
import type { BotPolicy, Note, User } from '../../protocol.js'
import type { Keeper } from '../keep.js'
import { noteAct } from '../order/acts.js'
import type { Order } from '../order/order.js'
import type { Policies } from './policies.js'
import type { Room } from '../room.js'

/** What is to be another way; what is left out stays. `quiet: null` takes the quiet hours away. */
export interface PolicyChange {
  mode?: BotPolicy['mode'] | undefined
  callers?: BotPolicy['callers'] | undefined
  quiet?: BotPolicy['quiet'] | null | undefined
}

export interface PolicyDeps {
  order: Order
  policies: Policies
  botRuled: (room: Room, bot: number) => void
  /** Of lines in the timeline. */
  lang: Lang
}

/**
 * Rules what a bot may do in a room, and tells everybody in it. What is so already is no change, and nobody is told.
 * @returns how it stands.
 */
export const ruleBot = (
  { room, bot, set }: { room: Room; bot: User; set: PolicyChange },
  by: Keeper,
  { order, policies, botRuled, lang }: PolicyDeps,
): Promise<BotPolicy> =>
  order.inTurn(async () => {
    const before = policies.of(room.id, bot.id)
    const now = changed(before, set)
    const notes = notesOf(before, now, { name: by.user.name, bot: bot.name })
    if (notes.length === 0) return before
    await policies.set(room.id, bot.id, now)
    botRuled(room, bot.id)

    const target = { id: bot.id, name: bot.name }
    const entry = { by: by.actor, action: 'policy', roomId: room.id, target }
    await noteAct(order, { ...entry, details: { ...now } })
    room.tell(JSON.stringify({ type: 'policy', room: room.name, bot: bot.id, policy: now }))
    const data = sayNotes(notes, lang)
    await room.notice({ user: by.user, cid: `policy.${randomUUID()}`, data, notes })
    return now
  })

function changed(before: BotPolicy, { mode, callers, quiet }: PolicyChange): BotPolicy {
  const { quiet: hours, ...rest } = before
  const wanted = quiet === undefined ? hours : (quiet ?? undefined)
  return {
    ...rest,
    ...(mode && { mode }),
    ...(callers && { callers }),
    ...(wanted && { quiet: wanted }),
  }
}

const MODES = { off: 'botOff', called: 'botCalled', active: 'botActive' } as const
const CALLERS = {
  everybody: 'botForEverybody',
  members: 'botForMembers',
  moderators: 'botForModerators',
} as const

/** A note for each thing that changed. */
function notesOf(before: BotPolicy, now: BotPolicy, who: { name: string; bot: string }): Note[] {
  const { quiet } = now
  const same = quiet?.from === before.quiet?.from && quiet?.until === before.quiet?.until
  const notes = [
    now.mode !== before.mode && note(MODES[now.mode], who),
    now.callers !== before.callers && note(CALLERS[now.callers], who),
    !same && (quiet ? note('botQuiet', { ...who, ...quiet }) : note('botQuietOff', who)),
  ]
  return notes.filter((one) => one !== false)
}
