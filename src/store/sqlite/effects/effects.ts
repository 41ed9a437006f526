import type { NumberedType } from '../../../protocol.js'
import type { Database } from '../driver.js'
import type { SearchIndex } from '../search-index.js'
import { answerEffect } from './answer.js'
import { chatEffect } from './chat.js'
import { editEffect } from './edit.js'
import type { Effect } from './effect.js'
import { prepareMentions } from './mentions.js'
import { prepareMessages } from './messages.js'
import { pinEffect } from './pin.js'
import { reactEffect } from './react.js'
import { recallEffect } from './recall.js'
import { topicEffect } from './topic.js'

/** THE table: what each type of event does to what is stored already. A `notice` does nothing. */
export function prepareEffects(
  db: Database,
  index: SearchIndex,
): Partial<Record<NumberedType, Effect>> {
  const messages = prepareMessages(db, index)
  const mentions = prepareMentions(db)
  return {
    chat: chatEffect(messages, mentions),
    edit: editEffect(db, messages, mentions),
    recall: recallEffect(db, messages, mentions),
    react: reactEffect(db, messages),
    answer: answerEffect(db, messages),
    pin: pinEffect(db, messages),
    topic: topicEffect(db),
  }
}
