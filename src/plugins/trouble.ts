import { basename, dirname } from 'node:path'
import { fill, texts, type Lang } from '../i18n/index.js'
import type { Trouble } from './worker-host.js'

/** What became of a worker, for the host: by whom, as far as that is known. */
export function troubleOf({ sections, sure, reason }: Trouble, lang: Lang): string {
  const { ended, endedAmong } = texts[lang].dropIn.trouble
  const files = sections.map(({ file }) => `${basename(dirname(file))}/${basename(file)}`)
  const names = sections.map(({ name }) => name)
  const about = { reason: reason.message, files: files.join(', '), names: names.join(', ') }
  return fill(sure ? ended : endedAmong, about)
}
