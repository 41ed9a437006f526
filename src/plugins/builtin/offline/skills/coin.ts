import type { Random } from '../random.js'
import type { Skill } from '../turn.js'

/** Tosses a coin. */
export const coin =
  (random: Random): Skill =>
  ({ tongue }) =>
    words[tongue][random() < 0.5 ? 'heads' : 'tails']

const words = {
  zh: {
    heads: ['🪙 正面。', '🪙 叮——正面朝上！', '🪙 转了好几圈，是正面。'],
    tails: ['🪙 反面。', '🪙 叮——反面朝上！', '🪙 转了好几圈，是反面。'],
  },
  en: {
    heads: ['🪙 Heads.', '🪙 Ding! Heads it is.', '🪙 It spins, it wobbles… heads.'],
    tails: ['🪙 Tails.', '🪙 Ding! Tails it is.', '🪙 It spins, it wobbles… tails.'],
  },
}
