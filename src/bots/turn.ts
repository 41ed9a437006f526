import type { RoomFace } from '../chat/face.js'
import type { Lang } from '../i18n/index.js'
import type { MessageContext, Middleware, PluginLog, Trigger } from '../plugin.js'
import type { NumberedEvent, User } from '../protocol.js'
import { keep, type Values } from './keep.js'
import { openReplies, type Replies } from './speaking/replies.js'
import { memberOf, roomView } from './view.js'
import type { Occasion, Voice } from './speaking/voice.js'

/** A line that a bot is to answer. */
export interface Job {
  event: NumberedEvent
  room: RoomFace
  lang: Lang
  /** Somebody waits for the answer: if there is none, they are told. */
  awaited: boolean
  /** Why it is for the bot. */
  trigger: Trigger
  args: string
  /** When it was heard, on a clock that never goes back, in milliseconds. */
  since: number
  /** What stands for a number, where no line woke the bot. */
  key?: string
}

export interface TurnOptions {
  bot: User
  voice: Voice
  /** Where it keeps its values. */
  values: Values
  log: PluginLog
  signal: AbortSignal
  /** Told when a draft grows: the bot is not idle. */
  grown: () => void
  /** `ctx.failed`. */
  failed: (kind: string, details: object) => void
  /** Its host lets it mute people and take their lines back. */
  moderates: boolean
  /** Its room has turned it off meanwhile. */
  isOff: () => boolean
}

/** One line in a bot's hands. */
export interface Turn {
  readonly job: Job
  readonly ctx: MessageContext
  readonly replies: Replies
  /** The bot is done with it: it can say no more. */
  end(): void
}

/** Gives a bot one line to answer, with all that it may do about it. */
export function openTurn(job: Job, options: TurnOptions): Turn {
  const { bot, voice, values, log, signal, grown, failed, moderates, isOff } = options
  let over = false
  const replies = openReplies(
    async () => voice,
    () => {
      if (over) throw new Error('ctx.reply: the bot is done with this message')
      if (isOff()) {
        log.warn(OFF)
        throw new Error(OFF)
      }
      return { ...occasionOf(job, { signal, patient: true }), grown, moderates }
    },
  )
  const { event, room, lang, trigger, args } = job
  return {
    job,
    replies,
    end: () => void (over = true),
    ctx: {
      room: roomView(room, lang),
      user: memberOf(event.user),
      message: Object.freeze({
        id: event.seq,
        at: event.at,
        hop: event.hop ?? 0,
        text: event.data,
        mentions: event.mentions ?? [],
        ...(event.reply_to !== undefined && { replyTo: event.reply_to }),
      }),
      bot: memberOf(bot),
      trigger,
      args,
      lang,
      signal,
      state: {},
      log,
      store: keep(values, async () => ({ botId: bot.id, roomId: room.id })),
      reply: replies.reply,
      edit: replies.edit,
      recall: replies.recall,
      answers: replies.answers,
      answer: replies.answer,
      mute: replies.mute,
      typing: replies.typing,
      tools: replies.tools,
      stream: replies.stream,
      failed: (kind, details = {}) => void (over || failed(kind, details)),
      reject() {
        throw new Error('ctx.reject: the message is delivered already; a bot only hears it')
      },
    },
  }
}

const OFF = 'not said: a moderator has turned this bot off in this room'

/** What a bot's message answers when it answers this line, or whatever woke it. */
export const occasionOf = (
  { event, room, lang, key }: Job,
  how: Pick<Occasion, 'signal' | 'patient'>,
): Occasion => ({
  room,
  lang,
  asker: event.user.id,
  trigger: key ?? event.seq,
  ...(key === undefined && { cause: event.cause ?? event.seq, quotes: event.message ?? event.seq }),
  hop: (event.hop ?? 0) + 1,
  ...how,
})

/** The middleware one inside the other, as in Koa; behind the last there is nothing more. */
export function inTurn(chain: readonly Middleware[], ctx: MessageContext): Promise<void> {
  const enter = async (index: number): Promise<void> => {
    await chain[index]?.(ctx, () => enter(index + 1))
  }
  return enter(0)
}
