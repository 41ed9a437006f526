import { randomInt } from '../random.js'
import type { Random } from '../random.js'
import type { Answers, Skill, Tongue } from '../turn.js'

const MOST_DICE = 20
const MOST_SIDES = 1_000

interface Throw {
  count: number
  sides: number
  plus: number
}

/** Throws dice: `掷骰子`, `roll 2d6`, `/roll 20`, `3d6+2`; one die of six sides when nothing is said. */
export const dice =
  (random: Random): Skill =>
  ({ text, tongue }) => {
    const asked = read(text)
    if (asked.count < 1 || asked.sides < 2) return words[tongue].few
    if (asked.count > MOST_DICE || asked.sides > MOST_SIDES) return words[tongue].many
    return words[tongue].thrown(...cast(asked, random))
  }

/** The same for a message that is a throw and nothing else, such as `2d6`. */
export const bareDice = (random: Random): Skill => {
  const roll = dice(random)
  return (turn, captured) => (bare.test(turn.text) ? roll(turn, captured) : undefined)
}

const bare = /^\d{0,3}d\d{1,4}(?:\s*[+-]\s*\d{1,3})?$/i

function read(text: string): Throw {
  const [, count = '1', sides, sign = '+', plus = '0'] =
    /(?<![\p{L}\d])(?:(\d{1,6})\s*)?d\s*(\d{1,6})(?:\s*([+-])\s*(\d{1,3}))?/iu.exec(text) ?? []
  if (sides) return { count: Number(count), sides: Number(sides), plus: Number(sign + plus) }
  const pieces = chinesePieces.exec(text)?.[1]
  if (pieces) return { count: numeral(pieces), sides: 6, plus: 0 }
  const [alone] = /\d{1,6}/.exec(text) ?? []
  return { count: 1, sides: Number(alone ?? 6), plus: 0 }
}

const chinesePieces = /(\d{1,6}|[一两二三四五六七八九十])\s*(?:个|颗|枚|次|dice\b)/
const numeral = (text: string): number =>
  Number(text) || ' 一二三四五六七八九十'.indexOf(text.replace('两', '二'))

function cast({ count, sides, plus }: Throw, random: Random): [shown: string, total: string] {
  const eyes = Array.from({ length: count }, () => randomInt(1, sides, random))
  const total = eyes.reduce((sum, one) => sum + one, plus)
  const extra = plus === 0 ? '' : plus > 0 ? ` + ${plus}` : ` − ${-plus}`
  const shown = count > 1 || extra ? `${eyes.join(' + ')}${extra} = ${total}` : `${total}`
  const plain = count === 1 && sides === 6 && plus === 0
  const name = `${count > 1 ? count : ''}d${sides}`
  return [plain ? shown : `${name}: ${shown}`, String(total)]
}

const words: Record<
  Tongue,
  { few: Answers; many: Answers; thrown: (shown: string, total: string) => readonly string[] }
> = {
  zh: {
    few: ['骰子至少要一颗，每颗至少两面。比如「/roll 2d6」就是两颗六面骰。'],
    many: [`一次最多 ${MOST_DICE} 颗骰子，每颗最多 ${MOST_SIDES} 面，再多我的小爪子就抓不住了。`],
    thrown: (shown) => [`🎲 ${shown}`, `🎲 骨碌碌…… ${shown}`, `🎲 用翅膀一推…… ${shown}`],
  },
  en: {
    few: ['It takes at least one die with two sides. “/roll 2d6” throws two dice of six.'],
    many: [`At most ${MOST_DICE} dice with ${MOST_SIDES} sides: my claws cannot hold more.`],
    thrown: (shown) => [
      `🎲 ${shown}`,
      `🎲 Rattle, rattle… ${shown}`,
      `🎲 A nudge of the wing… ${shown}`,
    ],
  },
}
