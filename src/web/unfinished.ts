import type { Logger } from '../log.js'
import { Seldom } from '../seldom.js'

/**
 * Tells the log of answers that did not get through. Mostly their client went away, or sent what is no HTTP, which it may
 * do as often as it likes: that is told once a minute, and by its code alone.
 */
export function unfinished(log: Logger): (error: unknown) => void {
  const seldom = new Seldom()
  return function tell(error) {
    const code = codeOf(error)
    if (!ofClients.test(code)) log.warn({ err: error }, 'answer not finished')
    else if (seldom.tells(code)) log.info({ event: 'connection', code }, 'answer not finished')
  }
}

const ofClients = /^(?:ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|HPE_\w+|ERR_STREAM_\w+)$/

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
