import { basename, dirname } from 'node:path'
import { fillSpaced, texts, type Lang } from '../../i18n/index.js'
import { placeIn } from '../module/module-fault.js'
import { ofError, wordsOf } from './end.js'
import type { Trouble } from './worker-host.js'

/** What became of a worker, for the host: by whom, as far as that is known. */
export function troubleOf({ sections, sure, end }: Trouble, lang: Lang): string {
  const { ended, endedAmong } = texts[lang].dropIn.trouble
  const stack = ofError(end.cause, 'stack') ?? ''
  const files = sections.map(({ file }) => {
    const place = placeIn(stack, file) // of what nobody caught
    return `${basename(dirname(file))}/${basename(file)}${place?.file === file ? `:${place.line}` : ''}`
  })
  const names = sections.map(({ name }) => name)
  const about = { reason: wordsOf(end, lang), files: files.join(', '), names: names.join(', ') }
  return fillSpaced(sure ? ended : endedAmong, about)
}
