import type { Logger } from '../log.js'
import { Seldom } from '../seldom.js'
import { neighbourhood } from './address.js'

/** What was refused to whom; the same things are one. */
export interface Refused {
  event: string
  address: string
  [more: string]: string | number | undefined
}

/**
 * Tells the log who was refused what: the same to the same address once a minute, for to ask again costs nothing. How
 * often it really was, the metrics count.
 */
export function refusals(log: Logger): (level: 'info' | 'warn', refused: Refused) => void {
  const seldom = new Seldom()
  return function tell(level, refused) {
    const alike = { ...refused, address: neighbourhood(refused.address) }
    if (seldom.tells(JSON.stringify(alike))) log[level](refused, 'refused')
  }
}
