import type { Member } from '../../../plugin.js'
import { spoken } from './names.js'

/** A line of the room. */
export interface Line {
  readonly user: Pick<Member, 'id' | 'name'>
  readonly text: string
}

/** One message of a chat completion. */
export interface ModelMessage {
  role: 'system' | 'user' | 'assistant'
  content: string
}

/** What follows it in one answer: a wish to use tools, and what each of them returned. */
export type ToolMessage =
  | {
      role: 'assistant'
      content: string
      tool_calls: { id: string; type: 'function'; function: { name: string; arguments: string } }[]
    }
  | { role: 'tool'; tool_call_id: string; content: string }

export interface ContextOptions {
  /** Who and where the model is. */
  system: string
  /** The bot's own id. */
  self: number
  /** What was said before, oldest first. */
  before: readonly Line[]
  /** What is to be answered. */
  asked: Line
  /** Lines, and UTF-16 units of them all, the asked one included; the newest count first. */
  messages: number
  characters: number
}

/**
 * What the model is told: its own lines as `assistant`, everybody else's as `user` with `[name] ` in front,
 * the asked one last.
 */
export function contextOf({
  system,
  self,
  before,
  asked,
  ...limits
}: ContextOptions): ModelMessage[] {
  const last = shown(asked, self, limits.characters)
  const room = limits.characters - last.content.length
  const earlier = newest(
    before.map((line) => shown(line, self, Infinity)),
    limits.messages - 1,
    room,
  )
  const merged = merge([...earlier, last])
  // Many models want a person to speak first.
  const first = merged.findIndex(({ role }) => role === 'user')
  return [{ role: 'system', content: system }, ...merged.slice(first)]
}

function shown({ user, text }: Line, self: number, limit: number): ModelMessage {
  const cut = text.slice(0, limit).toWellFormed()
  if (user.id === self) return { role: 'assistant', content: cut }
  // A line that goes on is indented: else it could begin like somebody else's.
  return {
    role: 'user',
    content: `[${spoken(user.name)}] ${cut.replace(/\r\n?|[\n\u0085\u2028\u2029]/g, '\n  ')}`,
  }
}

function newest(lines: readonly ModelMessage[], count: number, characters: number): ModelMessage[] {
  let left = characters
  const start = lines.findLastIndex(
    ({ content }, index) => (left -= content.length) < 0 || lines.length - index > count,
  )
  return lines.slice(start + 1)
}

/** Consecutive lines of one side are one message. */
function merge(lines: readonly ModelMessage[]): ModelMessage[] {
  const merged: ModelMessage[] = []
  for (const { role, content } of lines) {
    const before = merged.at(-1)
    if (before?.role === role) before.content += `\n${content}`
    else merged.push({ role, content })
  }
  return merged
}
