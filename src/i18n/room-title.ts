import { texts, type Lang } from './index.js'

/** What people call a room: one without a title of its own by its name, lobby and sandbox in the reader's language. */
export function roomTitle(
  { name, title, sandbox = false }: { name: string; title: string; sandbox?: boolean },
  lang: Lang,
): string {
  if (title !== '') return title
  const words = texts[lang].room
  return sandbox ? words.sandbox : name === 'lobby' ? words.lobby : name
}

/** A topic that the server wrote once, in its own language, and how the reader's language says it. */
export function topicsIn(lang: Lang): Record<string, string> {
  const own = texts[lang].room.sandboxTopic
  return Object.fromEntries(Object.values(texts).map(({ room }) => [room.sandboxTopic, own]))
}
