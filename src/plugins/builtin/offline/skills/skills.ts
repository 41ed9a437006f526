import type { CommandWords } from '../../../../plugin.js'
import type { Memory } from '../memory.js'
import type { Random } from '../random.js'
import type { Skill } from '../turn.js'
import { clock } from './clock.js'
import { coin } from './coin.js'
import { bareDice, dice } from './dice.js'
import { guess } from './guess.js'
import { help, model } from './help.js'
import { names } from './names.js'
import { scissors } from './scissors.js'
import { sum } from './sum.js'
import { who } from './who.js'

/** The names that a brain file may use. */
export const skillNames = [
  ...(['help', 'model', 'greet', 'time', 'date', 'day', 'place', 'sum', 'dice', 'coin'] as const),
  ...(['who', 'scissors', 'guess', 'remember', 'recall-name', 'forget'] as const),
]
export type SkillName = (typeof skillNames)[number]

export interface SkillOptions {
  zone: string | undefined
  /** What the host wants it to say when it is greeted; undefined: what the brain says. */
  greeting: string | undefined
  random: Random
  /** Milliseconds since 1970. */
  now: () => number
  /** What people want to be called, by their id. */
  known: Memory<number, string>
}

export interface Skills {
  /** Asked before the brain, in this order: they know by themselves whether they are meant. */
  readonly instincts: ReadonlyMap<string, Skill>
  /** Behind `@name` in a brain file. */
  readonly named: ReadonlyMap<string, Skill>
}

/** Everything the bird can do. @throws {RangeError} when there is no such time zone. */
export function createSkills(options: SkillOptions): Skills {
  const { random, greeting, known } = options
  const { time, date, day, place } = clock(options)
  const { remember, recallName, forget } = names(known)
  const game = guess(options)

  return {
    instincts: new Map<string, Skill>([
      ['guess', game.play],
      ['sum', sum],
      ['dice', bareDice(random)],
    ]),
    named: new Map<string, Skill>(
      Object.entries<Skill>({
        help: help,
        model: model,
        greet: () => (greeting ? [greeting] : undefined),
        time: time,
        date: date,
        day: day,
        place: place,
        sum: sum,
        dice: dice(random),
        coin: coin(random),
        who: who,
        scissors: scissors(random),
        guess: game.start,
        remember: remember,
        'recall-name': recallName,
        forget: forget,
      } satisfies Record<SkillName, Skill>),
    ),
  }
}

/** `/name`: the skill that answers it. */
export const commands: ReadonlyMap<string, string> = new Map(
  Object.entries({
    help: 'help',
    帮助: 'help',
    model: 'model',
    time: 'time',
    时间: 'time',
    date: 'date',
    日期: 'date',
    calc: 'sum',
    算: 'sum',
    roll: 'dice',
    r: 'dice',
    dice: 'dice',
    骰子: 'dice',
    掷骰子: 'dice',
    coin: 'coin',
    硬币: 'coin',
    who: 'who',
    谁在: 'who',
    rps: 'scissors',
    猜拳: 'scissors',
    guess: 'guess',
    猜数字: 'guess',
  }),
)

const helpOf: Readonly<Record<string, CommandWords['help']>> = {
  help: { 'zh-CN': '小鸟会什么', en: 'What the bird can do' },
  model: { 'zh-CN': '怎么让小鸟更聪明', en: 'How the bird gets smarter' },
  time: { 'zh-CN': '几点了', en: 'What time it is' },
  date: { 'zh-CN': '今天几号', en: 'What day it is' },
  sum: { 'zh-CN': '算一算，例如 (3+4)×5', en: 'A sum, such as (3+4)×5' },
  dice: { 'zh-CN': '掷骰子，例如 2d6', en: 'Dice, such as 2d6' },
  coin: { 'zh-CN': '抛硬币', en: 'A coin' },
  who: { 'zh-CN': '谁在房间里', en: 'Who is here' },
  scissors: { 'zh-CN': '猜拳', en: 'Rock, paper, scissors' },
  guess: { 'zh-CN': '猜数字', en: 'Guess a number' },
}

/** The commands as people find them: the first name of each skill, its other names, what it does. */
export const menu: readonly CommandWords[] = [...new Set(commands.values())].map((skill) => {
  const [name = skill, ...aliases] = [...commands.keys()].filter(
    (key) => commands.get(key) === skill,
  )
  const help = helpOf[skill]
  return { name, aliases, ...(help !== undefined && { help }) }
})
