import { fill, texts, type Lang, type Texts } from '../i18n/index.js'

export type WebSentence = keyof Texts['web']

/** A refusal that its visitor reads as a page, or as JSON. */
export class PageError extends Error {
  override readonly name = 'PageError'
  readonly status: number
  readonly sentence: WebSentence
  readonly values: Record<string, string | number>

  /** @param sentence Key of the i18n section `web`, with the values for its placeholders. */
  constructor(
    status: number,
    sentence: WebSentence,
    values: Record<string, string | number> = {},
    cause?: unknown,
  ) {
    super(sentence, { cause })
    this.status = status
    this.sentence = sentence
    this.values = values
  }
}

/** The words of a refusal. */
export const sentenceOf = ({ sentence, values }: PageError, lang: Lang): string =>
  fill(texts[lang].web[sentence], values)

/** Any status or thrown value as a refusal with words of ours: no stack, path or library's text gets out. */
export function asPageError(error: unknown): PageError {
  if (error instanceof PageError) return error
  const status = statusOf(error)
  return new PageError(status, words[status] ?? (status < 500 ? 'badRequest' : 'broken'), {}, error)
}

const words: Record<number, WebSentence> = {
  403: 'notFound',
  404: 'notFound',
  405: 'notAllowed',
  413: 'tooLarge',
  415: 'unsupportedType',
  426: 'upgradeRequired',
  501: 'notAllowed',
  503: 'unavailable',
}

/** What libraries say against a request has a status of its own; whatever else was thrown is our fault. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : error
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500
}
