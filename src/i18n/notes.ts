import type { Note } from '../protocol.js'
import { fillSpaced, spell, texts, type Lang, type Texts } from './index.js'

/** What the server tells a room, by its code. */
export type NoteCode = keyof Texts['page']['notices']

/** One of these, for {@link sayNotes} and for clients that word it themselves. @param values `ms` is a length of time. */
export const note = (code: NoteCode, values: Note['values'] = {}): Note => ({ code, values })

/** The sentences in one language, for clients that know no codes. */
export const sayNotes = (notes: readonly Note[], lang: Lang): string =>
  notes.map((one) => say(one, lang)).join(lang === 'en' ? ' ' : '')

function say({ code, values }: Note, lang: Lang): string {
  const { notices } = texts[lang].page
  const sentences: Readonly<Record<string, string>> = notices
  const { ms } = values
  return fillSpaced(sentences[code] ?? '', {
    name: notices.console,
    ...values,
    ...(typeof ms === 'number' && { time: spell(ms, lang) }),
  })
}
