import { Exit, StartError } from '../errors.js'
import { fill, texts, type Lang } from '../i18n/index.js'
import { CopyError, type Contents } from '../store/copy.js'
import { reasonOf } from '../store/reason.js'
import { when } from './when.js'

/** What a file holds, for the person at the console. */
export function contentsOf({ messages, rooms, last, bytes }: Contents, lang: Lang): string {
  const { contents, contentsUntil } = texts[lang].keeping
  const size = (bytes / 1024 / 1024).toFixed(1)
  const counts = { messages: messages.toLocaleString(lang), rooms, size }
  return last === undefined
    ? fill(contents, counts)
    : fill(contentsUntil, { ...counts, last: when(last) })
}

/**
 * Does it, and says in a sentence what stood against it.
 * @throws {StartError}
 */
export function said<T>(
  work: () => T,
  { file, to, lang }: { file: string; to: string; lang: Lang },
): T {
  const { faults } = texts[lang].keeping
  try {
    return work()
  } catch (error) {
    const detail = reasonOf(error)
    const sentence =
      error instanceof CopyError
        ? fill(faults[error.why], { file, detail })
        : fill(faults.notWritten, { file: to, detail })
    throw new StartError([sentence], Exit.failure, error)
  }
}
