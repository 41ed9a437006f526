import { randomInt, type Random } from '../random.js'
import type { Skill, Tongue } from '../turn.js'
import { amongOthers } from './among-others.js'

/** One round of rock, paper, scissors: `/rps`, `猜拳`, `石头`, `I choose paper`, ✌️. */
export const scissors =
  (random: Random): Skill =>
  (turn) => {
    const { text, tongue } = turn
    const hands = found(text)
    const [theirs] = hands
    if (theirs === undefined || hands.length > 1) return amongOthers(turn, words[tongue].start)
    const mine = randomInt(0, 2, random)
    const outcome = (['even', 'won', 'lost'] as const)[(mine - theirs + 3) % 3] ?? 'even'
    return words[tongue][outcome].map((end) => `${signs[mine]} ${words[tongue].hands[mine]}${end}`)
  }

/** Each beats the one before it, and the first beats the last. */
const hands = [/石头|拳头|rock|stone|[✊👊🪨]/u, /布|paper|[✋🖐📄]/u, /剪刀|scissors|[✌✂]/u]
const signs = ['✊', '✋', '✌️']

const found = (text: string): number[] =>
  [0, 1, 2].filter((hand) => hands[hand]?.test(text.toLowerCase()))

interface Words {
  start: readonly string[]
  hands: readonly string[]
  even: readonly string[]
  won: readonly string[]
  lost: readonly string[]
}

/** `won` and `lost` from the bird's side. */
const words: Record<Tongue, Words> = {
  zh: {
    start: ['来！石头、剪刀还是布？你先说，我保证不偷看。', '石头、剪刀、布——你出什么？'],
    hands: ['石头', '布', '剪刀'],
    even: ['！平局，心有灵犀呀。', '，一样的！再来一把？'],
    won: ['，我赢啦！扑腾扑腾。', '！这把归我，再来？'],
    lost: ['……你赢了，佩服。', '，输给你了。再来一把，我不服。'],
  },
  en: {
    start: [
      'Ready! Rock, paper or scissors? You go first, I promise not to peek.',
      'Rock, paper, scissors… what do you choose?',
    ],
    hands: ['Rock', 'Paper', 'Scissors'],
    even: ['! A draw: great minds.', '. The same as you! Once more?'],
    won: ['. I win, flap flap!', '! This one is mine. Again?'],
    lost: ['… you win. Well played.', '. You win this one. Rematch?'],
  },
}
