import type { Member } from '../../../plugin.js'
import { addressed } from './address.js'
import { recall, repliesOf, type Brain, type Rule } from './brain.js'
import { Memory } from './memory.js'
import { randomInt, type Random } from './random.js'
import { reflect } from './reflect.js'
import { commands, createSkills } from './skills/skills.js'
import { tongueOf } from './tongue.js'
import { HEARD, type Answers, type Tongue, type Turn } from './turn.js'
import { readWords } from './words.js'

export interface BirdOptions {
  brain: Brain
  /** What it is called: its name and its aliases, the one it calls itself by first. */
  names: readonly string[]
  /** IANA time zone of the room; the system's if not given. */
  zone?: string | undefined
  /** Said when it is greeted, instead of the brain's own words. */
  greeting?: string | undefined
  random?: Random
  /** Milliseconds since 1970. */
  now?: () => number
}

/** A message as it reaches the bird. */
export interface Heard {
  readonly text: string
  readonly lang: 'zh-CN' | 'en'
  readonly speaker: Pick<Member, 'id' | 'name'>
  /** The room's name. */
  readonly room: string
  readonly members: () => Promise<readonly Member[]>
}

/** What it says, and what that was about: a skill or a topic of the brain. */
export interface Answer {
  readonly text: string
  readonly topic: string
}

/** What answers, whoever asks it. */
export interface Bird {
  /** The answer; undefined where silence is right, as for another bot's command in a full room. */
  answer(heard: Heard): Promise<Answer | undefined>
}

const PEOPLE_KNOWN = 1_000
const ROOMS_KNOWN = 500

/**
 * 小小鸟: answers by rules and skills, offline. Keeps what people want to be called and its last words in each
 * room, both bounded, and has no timers.
 * @throws {RangeError} when there is no such time zone.
 */
export function createBird({ brain, names, zone, greeting, ...options }: BirdOptions): Bird {
  const { random = Math.random, now = Date.now } = options
  const known = new Memory<number, string>(PEOPLE_KNOWN)
  const said = new Memory<string, string>(ROOMS_KNOWN)
  const skills = createSkills({ zone, greeting, random, now, known })
  const address = addressed(names)
  const me = names[0] ?? ''

  return {
    async answer(heard) {
      const written = compatible(heard.text)
      const text = address.said(written)
      const turn: Turn = {
        ...heard,
        text,
        cut: heard.text.length > HEARD,
        tongue: tongueOf(address.nameless(text), heard.lang),
      }
      const [topic, alternatives] =
        (await command(turn, text !== written)) ??
        (await instinct(turn)) ??
        (await remembered(turn)) ??
        atALoss(turn)
      const words = alternatives.filter((words) => words.trim() !== '')
      return words.length > 0 ? { topic, text: choose(words, turn) } : undefined
    },
  }

  type Found = readonly [topic: string, alternatives: readonly string[]]

  /** `/name …`: known ones are done; the rest is for another bot, unless nobody else could be meant. */
  async function command(turn: Turn, called: boolean): Promise<Found | undefined> {
    const [, name, rest = ''] = /^\/([\p{L}\p{N}_-]{1,32})(?:\s+(.*))?$/su.exec(turn.text) ?? []
    if (name === undefined) return undefined
    const topic = commands.get(name.toLowerCase())
    const answers = topic && (await skills.named.get(topic)?.({ ...turn, text: rest }, [rest]))
    if (topic && answers) return [topic, answers]
    const lacking = topic && about(topic, turn) // one of its own, though not with such words
    if (lacking && lacking[1].length > 0) return lacking
    const alone = (await turn.members()).filter(({ kind }) => kind === 'person').length <= 1
    return called || alone ? about('command', turn) : ['command', []]
  }

  async function instinct(turn: Turn): Promise<Found | undefined> {
    for (const [topic, skill] of skills.instincts) {
      const answers = await skill(turn, [])
      if (answers) return [topic, answers]
    }
    return undefined
  }

  async function remembered(turn: Turn): Promise<Found | undefined> {
    const ways = new Set([turn.text, address.nameless(turn.text)])
    const found = [...ways].map((text) => recall(brain, readWords(text), turn.tongue)).find(Boolean)
    if (!found) return undefined
    const { rule, captured } = found
    const answers = await ask(rule, turn, captured)
    if (!answers && rule.replies.length === 0) return undefined
    return [rule.topic, answers ?? rule.replies.map((reply) => fill(reply, turn, rule, captured))]
  }

  async function ask(rule: Rule, turn: Turn, captured: readonly string[]): Promise<Answers> {
    const skill = rule.skill === undefined ? undefined : skills.named.get(rule.skill)
    return skill?.({ ...turn, tongue: rule.tongue }, captured)
  }

  /** Says that it does not know, instead of bluffing. */
  function atALoss(turn: Turn): Found {
    if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(turn.text)) {
      return about(/[?]/.test(turn.text) ? 'puzzled' : 'called', turn)
    }
    if (/\p{L}/u.test(turn.text) && !/[\p{Script=Latin}\p{Script=Han}\p{N}]/u.test(turn.text)) {
      return about('foreign', turn)
    }
    return about(turn.cut ? 'long' : 'unknown', turn)
  }

  function about(topic: string, turn: Turn): Found {
    const replies = repliesOf(brain, topic, turn.tongue)
    return [topic, replies.map((reply) => fill(reply, turn, turn, []))]
  }

  /**
   * Puts in `{me}`, `{name}`, and what was captured: `{1}` turned towards the speaker, `{1=}` as it was said.
   */
  function fill(
    reply: string,
    { speaker }: Turn,
    { tongue }: { tongue: Tongue },
    captured: readonly string[],
  ): string {
    return reply.replace(/\{(me|name|\d)(=?)\}/g, (_, key: string, literal: string) => {
      if (key === 'me') return me
      if (key === 'name') return known.get(speaker.id) ?? quotable(speaker.name)
      const part = quotable(captured[Number(key) - 1] ?? '')
      return literal ? part : reflect(part, tongue)
    })
  }

  /** Never the same words twice running in a room. */
  function choose(alternatives: readonly string[], { room, tongue }: Turn): string {
    const last = said.get(room)
    const fresh = alternatives.filter((words) => words !== last)
    const words =
      fresh[randomInt(0, fresh.length - 1, random)] ??
      (tongue === 'zh' ? `还是那句：${last}` : `As I said: ${last}`)
    said.set(room, words)
    return words
  }
}

/** One form for all widths, cut to what it listens to, and without half characters. */
const compatible = (text: string): string =>
  text
    .slice(0, HEARD)
    .normalize('NFKC')
    .slice(0, HEARD)
    .replace(/\p{Cs}/gu, '')
    .trim()

const QUOTED = 40

/** Other people's words in its own: one sentence, no call to anybody, not too long. */
function quotable(text: string): string {
  const [sentence = ''] = text.split(/(?<=[^\s])(?:[。!?;\n]|\.\s)/)
  const line = sentence.replace(/[\s@]+/g, ' ').replace(/(?<![\s,.:、…~])[\s,.:、…~]+$/, '')
  const characters = Array.from(line.trim())
  return characters.length > QUOTED ? `${characters.slice(0, QUOTED).join('')}…` : line.trim()
}
