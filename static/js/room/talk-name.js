import { fill } from '../models/words.js'
import { boot, texts } from './boot.js'

/** What a talk is called to who does not see it: that of a room, or of two. @param {string} title */
export function labelOf(title) {
  return fill((boot.room.peer ? texts.direct : texts.room).messages, { room: title })
}

/** What stands where nothing was said before. @param {string} title */
export function beginningOf(title) {
  const { peer } = boot.room
  if (!peer) return fill(texts.room.beginning, { room: title })
  const { beginning: ofTwo, beginningBot: withBot } = texts.direct
  return fill(peer.kind === 'bot' ? withBot : ofTwo, { name: title })
}
