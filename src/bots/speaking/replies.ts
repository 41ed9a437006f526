import type { Answers, Draft, EditOptions, ReplyOptions } from '../../plugin.js'
import type { Ended } from '../../protocol.js'
import { cardOf } from './card.js'
import { checkText } from './check-text.js'
import { GrowingDraft } from './draft.js'
import { TOO_MANY_ANSWERS, WAITING_ANSWERS } from './fit.js'
import type { Occasion, ToolNews, Voice } from './voice.js'

/** What a bot does in the room about one message. */
export interface Replies {
  /** `ctx.reply`. Its rejection may be left unhandled, as that of the two below. */
  reply: (text: string, options?: ReplyOptions) => Promise<number>
  /** `ctx.edit` and `ctx.recall`, in the order of the calls as well. */
  edit: (id: number, text: string, options?: EditOptions) => Promise<void>
  recall: (id: number) => Promise<void>
  /** `ctx.answers` and `ctx.answer`. */
  answers: (id: number) => Promise<Answers>
  answer: (id: number, choices: readonly string[]) => Promise<void>
  /** `ctx.mute`. */
  mute: (ms: number) => Promise<boolean>
  typing: () => void
  /** `ctx.tools`. */
  tools: (what: ToolNews, names: readonly string[]) => Promise<void>
  /** `ctx.stream`. */
  stream: () => Draft
  /** Ends the drafts that were left open. Resolves when they are durable, dropped or refused. */
  endDrafts: (reason: Ended) => Promise<void>
  /** Resolves when all that was said so far is durable or refused. */
  settled: () => Promise<void>
  /** Whether anything of it is durable. */
  said: () => boolean
}

/**
 * The answers to one message: one after the other, in the order of the calls, awaited or not.
 * @param voice Who speaks; asked at the first reply, because some speakers come to be by speaking.
 * @param occasion What is answered, as it stands when `reply` is called; throws when it is over.
 */
export function openReplies(voice: () => Promise<Voice>, occasion: () => Occasion): Replies {
  let count = 0
  let waiting = 0
  let durable = false
  let last: Promise<unknown> = Promise.resolve()
  const drafts: Draft[] = []

  /** One more that waits for its turn, and its number. @throws when it is over, or too many wait. */
  const begin = (): [answered: Occasion, n: number] => {
    const answered = occasion()
    if (waiting >= WAITING_ANSWERS) throw new Error(TOO_MANY_ANSWERS)
    waiting += 1
    return [answered, count++]
  }

  /** Does something in the room when all before it is done. Its number tells it from the others. */
  const inTurn = <T>(work: (voice: Voice, answered: Occasion, n: number) => Promise<T>) => {
    const done = (async (before: Promise<unknown>): Promise<T> => {
      const [answered, n] = begin()
      try {
        await before
        return await work(await voice(), answered, n)
      } finally {
        waiting -= 1
      }
    })(last)
    last = done.catch(() => undefined)
    return done
  }

  const speak = async (text: string, options: ReplyOptions): Promise<number> => {
    checkText('ctx.reply(text)', text)
    const { whisper, quote } = options
    if (whisper && options.card) throw new TypeError(WHISPERED_CARD)
    // By the machine's clock: it is that by which who wrote the bot reckons.
    const card = options.card && cardOf(options.card, Date.now())
    return inTurn(async (voice, answered, n) => {
      if (whisper) await voice.whisper(text, answered)
      const quotes = quote ? answered.quotes : undefined
      const more = { ...(quotes !== undefined && { quotes }), ...(card && { card }) }
      const id = whisper ? 0 : await voice.say(text, answered, n, more)
      durable ||= id > 0 || whisper === true
      return id
    })
  }

  const edit = async (id: number, text: string, options: EditOptions): Promise<void> => {
    checkId('edit(id, text)', id)
    checkText('ctx.edit(id, text)', text)
    await inTurn((voice, answered, n) => voice.edit(id, { ...options, text }, answered, n))
  }

  const answers = async (id: number): Promise<Answers> => {
    checkId('answers(id)', id)
    return inTurn((voice, answered) => voice.answers(id, answered))
  }

  const answer = async (id: number, choices: readonly string[]): Promise<void> => {
    checkId('answer(id, choices)', id)
    const right = Array.isArray(choices) && choices.every((one) => typeof one === 'string')
    if (!right) throw new TypeError('ctx.answer(id, choices): choices is a list of ids')
    await inTurn((voice, answered, n) => voice.answer(id, choices, answered, n))
  }

  const recall = async (id: number): Promise<void> => {
    checkId('recall(id)', id)
    await inTurn((voice, answered) => voice.recall(id, answered))
  }

  const mute = async (ms: number): Promise<boolean> => {
    if (!Number.isInteger(ms) || ms < SHORTEST || ms > LONGEST) {
      throw new RangeError('ctx.mute(ms): one second to 30 days, in milliseconds')
    }
    return inTurn((voice, answered) => voice.mute(ms, answered))
  }

  const tools = async (what: ToolNews, names: readonly string[]): Promise<void> => {
    const right = Array.isArray(names) && names.every((one) => typeof one === 'string')
    if (!right) throw new TypeError('ctx.tools(what, names): names is a list of strings')
    await inTurn((voice, answered, n) => voice.tools(what, names, answered, n))
  }

  const open = async (answered: Occasion, n: number, stop: () => Promise<void>) => {
    const stage = await (await voice()).open(answered, n, stop)
    const keep = async (text: string, ended: Ended) => {
      const kept = (await stage?.keep(text, ended)) ?? false
      durable ||= kept
      return kept
    }
    return stage && { ...stage, keep }
  }

  return {
    reply: (text, options = {}) => careless(speak(text, options)),
    edit: (id, text, options = {}) => careless(edit(id, text, options)),
    answers: (id) => careless(answers(id)),
    answer: (id, choices) => careless(answer(id, choices)),
    recall: (id) => careless(recall(id)),
    mute: (ms) => careless(mute(ms)),
    tools: (what, names) => careless(tools(what, names)),
    typing() {
      const answered = occasion()
      voice().then(
        (voice) => voice.typing(answered),
        () => undefined,
      )
    },
    stream() {
      const [answered, n] = begin()
      const draft = new GrowingDraft({
        open: (stop) => open(answered, n, stop),
        ...(answered.grown && { grown: answered.grown }),
      })
      drafts.push(draft)
      draft.signal.addEventListener('abort', () => (waiting -= 1))
      return draft
    },
    async endDrafts(reason) {
      await Promise.allSettled(drafts.map((draft) => draft.end(reason)))
    },
    settled: async () => void (await last),
    said: () => durable,
  }
}

const WHISPERED_CARD = 'ctx.reply(text, { card }): a whisper carries no card'

/** Of a mute, in milliseconds. */
const SHORTEST = 1_000
const LONGEST = 30 * 86_400_000

/** Who does not await it, does not care. */
function careless<T>(done: Promise<T>): Promise<T> {
  done.catch(() => undefined)
  return done
}

function checkId(call: string, id: unknown): void {
  if (!Number.isInteger(id)) throw new TypeError(`ctx.${call}: id is the number of a message`)
}
