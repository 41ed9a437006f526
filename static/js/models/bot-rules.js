import { fill } from './words.js'

/**
 * What the moderators of a room let its bots do, in words. Knows neither socket nor page.
 * @typedef {import('../../../src/protocol.js').BotInfo} BotInfo
 * @typedef {import('../../../src/i18n/index.js').Texts['page']['bots']} Words
 */

/** As long as no moderator has said anything. @type {NonNullable<BotInfo['policy']>} */
const PLAIN = { mode: 'active', callers: 'everybody' }
/** Offered to who turns quiet hours on. */
const NIGHT = { from: '22:00', until: '08:00' }

/** What it may do now, its quiet hours counted in. @param {BotInfo} bot @returns {'off' | 'called' | 'active'} */
export const modeNow = ({ policy = PLAIN, quiet_now: quiet }) =>
  policy.mode === 'active' && quiet ? 'called' : policy.mode

/**
 * What stands on its card, for everybody; '' where nobody has said anything.
 * @param {BotInfo} bot @param {Words} words @param {string} zone
 */
export function ruled({ policy = PLAIN }, { rules, between }, zone) {
  const { mode, callers, quiet } = policy
  if (mode === 'off') return rules.told.off
  return [
    ...(mode === 'called' ? [rules.told.called] : []),
    ...(quiet ? [fill(rules.told.quiet, { ...quiet, zone })] : []),
    ...(callers === 'everybody' ? [] : [rules.told[callers]]),
  ].join(between)
}

/** What the fields for moderators hold. @param {BotInfo} bot */
export const fields = ({ policy = PLAIN }) => ({
  mode: policy.mode,
  callers: policy.callers,
  quiet: policy.quiet !== undefined,
  ...(policy.quiet ?? NIGHT),
})
