import { basename } from 'node:path'
import { faultData, placeIn } from '../../module/module-fault.js'

export interface Unawaited {
  /** Key of the section whose file is at fault; empty if none is. */
  key: string
  message: string
}

/**
 * What is told of a promise that failed and that nobody awaits.
 * @param files The module's file, by key of its section.
 */
export function unawaited(error: unknown, files: Iterable<[key: string, file: string]>): Unawaited {
  const { message, stack = '' } = faultData(error)
  const said = `unhandled rejection: ${message}`
  for (const [key, file] of files) {
    const place = placeIn(stack, file)
    if (place?.file !== file) continue
    return { key, message: `${said} (${basename(file)}:${place.line}; is an await missing?)` }
  }
  return { key: '', message: said }
}
