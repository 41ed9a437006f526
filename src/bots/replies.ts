import type { Draft } from '../plugin.js'
import type { Ended } from '../protocol.js'
import { GrowingDraft } from './draft.js'
import type { Occasion, Voice } from './voice.js'

export interface Replies {
  /** `ctx.reply`. Its rejection may be left unhandled: who does not await, does not care. */
  reply: (text: string) => Promise<void>
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
  let durable = false
  let last: Promise<void> = Promise.resolve()
  const drafts: Draft[] = []

  const speak = async (text: string, before: Promise<void>): Promise<void> => {
    if (typeof text !== 'string') throw new TypeError('ctx.reply(text): text must be a string')
    const [answered, n] = [occasion(), count]
    count += 1
    await before
    if (await (await voice()).say(text, answered, n)) durable = true
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
    reply(text) {
      const said = speak(text, last)
      last = said.catch(() => undefined)
      return said
    },
    stream() {
      const [answered, n] = [occasion(), count]
      count += 1
      const draft = new GrowingDraft({
        open: (stop) => open(answered, n, stop),
        ...(answered.grown && { grown: answered.grown }),
      })
      drafts.push(draft)
      return draft
    },
    async endDrafts(reason) {
      await Promise.allSettled(drafts.map((draft) => draft.end(reason)))
    },
    settled: () => last,
    said: () => durable,
  }
}
