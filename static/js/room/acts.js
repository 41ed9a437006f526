import { copyText } from '../components/dom.js'
import { texts } from './boot.js'
import { toast } from './toast.js'

/**
 * What a person may do with a message, by the names of components/messages/actions.js.
 * @typedef {(row: import('../models/timeline.js').MessageRow) => unknown} Act
 * @param {{outbox: import('../models/outbox.js').Outbox, answers: ReturnType<typeof import('./answers.js').growingAnswers>,
 *   field: () => any, mention: (name: string) => void}} room
 * @returns {Record<string, Act>}
 */
export const acts = ({ outbox, answers, field, mention }) => ({
  async copy({ text }) {
    toast((await copyText(text)) ? texts.copied : texts.notCopied)
  },
  mention: ({ user }) => mention(user.name),
  stop: ({ growing }) => growing && answers.stop(growing.stream),
  retry: ({ line }) => outbox.retry(line?.cid ?? ''),
  edit: ({ line, text }) => field().takeBack(outbox.take(line?.cid ?? '') ?? text),
  remove({ line }) {
    if (outbox.take(line?.cid ?? '') !== undefined) toast(texts.message.removed)
  },
})
