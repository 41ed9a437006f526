import { Memory } from '../memory.js'
import { randomInt, type Random } from '../random.js'
import type { Answers, Skill, Tongue, Turn } from '../turn.js'
import { amongOthers } from './among-others.js'
import { CHINESE_NUMERAL, chineseNumber } from './chinese-number.js'

const LARGEST = 100
const FORGOTTEN_AFTER = 10 * 60_000
const GAMES = 500

interface Game {
  readonly number: number
  readonly tries: number
  /** When the last guess was made, in milliseconds since 1970. */
  readonly at: number
}

/**
 * Guess the number, a game for each person in each room; ten minutes without a guess end it.
 * @returns `start` begins one; `play` answers guesses, and only while a game goes on.
 */
export function guess({
  random,
  now,
}: {
  random: Random
  now: () => number
}): Record<'start' | 'play', Skill> {
  const games = new Memory<string, Game>(GAMES)
  const key = ({ room, speaker }: Turn) => `${speaker.id} ${room}`

  return {
    start(turn) {
      games.set(key(turn), { number: randomInt(1, LARGEST, random), tries: 0, at: now() })
      return amongOthers(turn, words[turn.tongue].start)
    },

    play(turn): Answers {
      const game = games.get(key(turn))
      if (!game) return undefined
      if (now() - game.at > FORGOTTEN_AFTER) {
        games.delete(key(turn))
        return undefined
      }
      const said = words[turn.tongue]
      if (giveUp.test(turn.text)) {
        games.delete(key(turn))
        return said.over(game.number)
      }
      const number = guessed(turn.text)
      if (number === undefined) return undefined
      if (number < 1 || number > LARGEST) return said.outside
      const tries = game.tries + 1
      if (number !== game.number) {
        games.set(key(turn), { ...game, tries, at: now() })
        return number < game.number ? said.higher(number) : said.lower(number)
      }
      games.delete(key(turn))
      return said.right(number, tries)
    },
  }
}

const giveUp =
  /^(?:我)?(?:放弃|不玩了?|认输|不猜了?|退出)|^(?:i )?(?:give up|quit|stop|surrender)\b/i

/** A message that is a whole number and nothing much else. */
function guessed(text: string): number | undefined {
  const [, number] = guessing.exec(text) ?? []
  if (number === undefined) return undefined
  return /^\d/.test(number) ? Number(number) : chineseNumber(number)
}

const guessing = new RegExp(
  `^(?:我猜|是|猜|is it|i guess|maybe)?[\\s:,]*(\\d{1,6}|${CHINESE_NUMERAL})[\\s吗吧呢?!.。]*$`,
  'i',
)

interface Words {
  start: readonly string[]
  outside: readonly string[]
  higher: (number: number) => readonly string[]
  lower: (number: number) => readonly string[]
  right: (number: number, tries: number) => readonly string[]
  over: (number: number) => readonly string[]
}

const words: Record<Tongue, Words> = {
  zh: {
    start: [
      `我想好了一个 1 到 ${LARGEST} 的数，猜猜看！直接说数字就行，不想猜了就说「放弃」。`,
      `羽毛底下藏了一个 1 到 ${LARGEST} 的数。你猜是几？（说「放弃」就揭晓）`,
    ],
    outside: [`要在 1 到 ${LARGEST} 之间哦，再猜一个。`, `超出范围啦，是 1 到 ${LARGEST} 里的数。`],
    higher: (number) => [
      `${number} 小了，再大一点。`,
      `比 ${number} 大！`,
      `往上，${number} 还不够。`,
    ],
    lower: (number) => [
      `${number} 大了，再小一点。`,
      `比 ${number} 小！`,
      `往下，${number} 太多了。`,
    ],
    right: (number, tries) =>
      tries <= 7
        ? [
            `🎉 就是 ${number}！只用了 ${tries} 次，厉害！`,
            `🎉 ${number}，猜中啦！${tries} 次，好眼力。`,
          ]
        : [
            `🎉 就是 ${number}！一共猜了 ${tries} 次。再来一局？`,
            `🎉 ${number}，猜中啦！用了 ${tries} 次。`,
          ],
    over: (number) => [
      `好吧，答案是 ${number}。下次一定！`,
      `揭晓：是 ${number}。想再玩就说「猜数字」。`,
    ],
  },
  en: {
    start: [
      `I am thinking of a number from 1 to ${LARGEST}. Just say a number, or “give up”.`,
      `Under my wing is a number from 1 to ${LARGEST}. What is it? (“give up” ends the game)`,
    ],
    outside: [
      `It is between 1 and ${LARGEST}. Try again.`,
      `Out of range: 1 to ${LARGEST}, please.`,
    ],
    higher: (number) => [
      `Higher than ${number}.`,
      `${number} is too low.`,
      `Up, up: more than ${number}!`,
    ],
    lower: (number) => [
      `Lower than ${number}.`,
      `${number} is too high.`,
      `Down a bit from ${number}!`,
    ],
    right: (number, tries) =>
      tries <= 7
        ? [
            `🎉 ${number} it is! Only ${times(tries)}: impressive.`,
            `🎉 Yes, ${number}! Found with ${times(tries)}. Sharp eyes.`,
          ]
        : [
            `🎉 ${number} it is, after ${times(tries)}. Another round?`,
            `🎉 Yes, ${number}! It took ${times(tries)}.`,
          ],
    over: (number) => [
      `All right, it was ${number}. Next time!`,
      `It was ${number}. Say “guess the number” to play again.`,
    ],
  },
}

const times = (tries: number): string => (tries === 1 ? 'one guess' : `${tries} guesses`)
