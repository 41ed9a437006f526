import { copyText } from '../components/dom.js'
import { tickedIn } from '../components/messages/card.js'
import { showFaults, valuesIn } from '../components/messages/form.js'
import { isMine } from '../components/messages/reactions.js'
import { texts } from './boot.js'
import { pickEmoji } from './emoji.js'
import { me } from './me.js'
import { toast } from './toast.js'

/**
 * What a person may do with a message, by the names of components/messages/actions.js.
 * @typedef {(row: import('../models/rows.js').MessageRow, anchor: HTMLElement, emoji?: string) => unknown} Act
 *   `anchor`: what was pressed.
 * @param {{outbox: import('../models/outbox.js').Outbox, answers: ReturnType<typeof import('./answers.js').growingAnswers>,
 *   changes: ReturnType<typeof import('./changes.js').changes>, target: ReturnType<typeof import('./target.js').target>, person: (anchor: HTMLElement, id: number) => unknown,
 *   jump: (seq: number) => unknown, report: (item: import('../models/timeline.js').Item) => unknown,
 *   who: (item: import('../models/timeline.js').Item, first?: string) => unknown, mention: (name: string) => void}} room
 * @returns {Record<string, Act>}
 */
export const acts = ({ outbox, answers, changes, target, person, jump, report, who, mention }) => {
  /** Puts an emoji on a message, or takes mine away. @param {import('../models/timeline.js').Item} item @param {string} emoji */
  function toggle({ seq, reactions = [] }, emoji) {
    const there = reactions.find(({ data }) => data === emoji)
    return changes.react(seq, emoji, !(there && isMine(there, me.user.id)))
  }

  return {
    copy: ({ text }) => copy(text),
    code: (_row, pressed) =>
      copy(pressed.closest('.code')?.querySelector('code')?.textContent ?? ''),
    mention: ({ user }) => mention(user.name),
    person: ({ user }, anchor) => person(anchor, Number(anchor.dataset.user ?? user.id)),
    stop: ({ growing }) => growing && answers.stop(growing.stream),
    reply: ({ item }) => item && target.reply(item),
    jump: ({ item, line }) => jump((item?.reply ?? line?.reply)?.seq ?? 0),
    react: ({ item }, anchor, emoji = anchor.dataset.emoji) =>
      item &&
      (emoji ? toggle(item, emoji) : pickEmoji(anchor, (picked) => void toggle(item, picked))),
    answer: ({ item }, pressed) => {
      const { choice } = pressed.dataset
      const box = pressed.closest('.choices')
      const choices = choice === undefined ? box && tickedIn(box) : [choice]
      return item && choices && changes.answer(item.seq, choices)
    },
    async fill({ item }, pressed) {
      const form = pressed.closest('form')
      if (item && form) showFaults(form, await changes.fill(item.seq, valuesIn(form)))
    },
    who: ({ item }, pressed) => item && who(item, pressed.dataset.emoji),
    report: ({ item }) => item && report(item),
    pin: ({ item }) => item && changes.pin(item.seq, true),
    unpin: ({ item }) => item && changes.pin(item.seq, false),
    recall: ({ item, own }) => item && changes.recall(item, own),
    retry: ({ line }) => outbox.retry(line?.cid ?? ''),
    edit({ line, item }) {
      if (item) return target.edit(item)
      const taken = outbox.take(line?.cid ?? '', { sure: true })
      if (!taken) return toast(texts.message.sending) // meanwhile it went out
      target.takeBack(taken.data, { reply: taken.reply, line: taken })
    },
    remove({ line }) {
      const taken = outbox.take(line?.cid ?? '')
      if (taken) toast(taken.unsure ? texts.message.removedHere : texts.message.removed)
    },
  }
}

/** @param {string} text */
async function copy(text) {
  toast((await copyText(text)) ? texts.copied : texts.notCopied)
}
