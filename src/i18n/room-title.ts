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
