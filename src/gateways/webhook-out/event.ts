import escapeHtml from 'escape-html'
import type { MessageContext } from '../../plugin.js'

/** What a receiver reads of a line that is for its bot: the form of Campfire's bots, and a little more. */
export interface LineEvent {
  bot: { id: number; name: string }
  user: { id: number; name: string }
  room: { name: string; title: string; path: string }
  message: {
    id: number
    /** Milliseconds since 1970 UTC. */
    at: number
    /** `plain` is without the bot's name in front; `html` is the same, escaped. */
    body: { plain: string; html: string }
    path: string
    reply_to?: number
  }
}

/** @param names The bot's own, which a line to it begins with. */
export function lineEvent(ctx: MessageContext, names: readonly string[]): LineEvent {
  const { bot, user, room, message } = ctx
  const plain = withoutName(message.text, names)
  const path = `/r/${encodeURIComponent(room.name)}`
  return {
    bot: { id: bot?.id ?? 0, name: bot?.name ?? '' },
    user: { id: user.id, name: user.name },
    room: { name: room.name, title: room.title, path },
    message: {
      id: message.id,
      at: message.at,
      body: { plain, html: escapeHtml(plain).replaceAll('\n', '<br>') },
      path: `${path}#m${message.id}`,
      ...(message.replyTo !== undefined && { reply_to: message.replyTo }),
    },
  }
}

/** `@ci: what is up?` and `ci, what is up?` are `what is up?`; in the middle of a line a name belongs to what is said. */
function withoutName(text: string, names: readonly string[]): string {
  const opening = text.toLowerCase()
  const isAt = opening.startsWith('@')
  const longestFirst = names.toSorted((a, b) => b.length - a.length)
  const found = longestFirst.find((name) => opening.startsWith(name.toLowerCase(), Number(isAt)))
  if (found === undefined) return text
  const behind = text.slice(found.length + Number(isAt))
  const rest = behind.replace(MARKS, '')
  return rest === '' || (!isAt && rest === behind) ? text : rest
}

const MARKS = /^[\s,，:：;；.!！?？、。…~～]+/u
