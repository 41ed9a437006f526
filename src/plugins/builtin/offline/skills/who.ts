import type { Skill, Tongue } from '../turn.js'

/** How many names are told one by one. */
const NAMED = 10

/** Tells who is in the room now. */
export const who: Skill = async ({ members, tongue }) => {
  const here = await members()
  const namesOf = (kind: 'person' | 'bot') =>
    here.filter((member) => member.kind === kind).map(({ name }) => name.replaceAll('@', ''))
  const people = namesOf('person')
  if (people.length === 0) return words[tongue].nobody
  return words[tongue].here(people.length, list(people, tongue), list(namesOf('bot'), tongue))
}

function list(names: readonly string[], tongue: Tongue): string {
  const shown = names.slice(0, NAMED).join(tongue === 'zh' ? '、' : ', ')
  return names.length > NAMED ? words[tongue].more(shown, names.length - NAMED) : shown
}

const words = {
  zh: {
    nobody: ['现在只有我在，安安静静的。', '房间里没有别人，只有我这只小鸟。'],
    more: (shown: string, rest: number) => `${shown} 等，还有 ${rest} 位`,
    here: (count: number, people: string, bots: string) => [
      `现在有 ${count} 个人：${people}。机器人：${bots || '没有'}。`,
      `我飞了一圈数了数，${count} 个人在：${people}。${bots ? `还有机器人：${bots}。` : ''}`,
    ],
  },
  en: {
    nobody: ['Only me here right now. Cosy and quiet.', 'Nobody else in the room, just this bird.'],
    more: (shown: string, rest: number) => `${shown} and ${rest} more`,
    here: (count: number, people: string, bots: string) => [
      `${count === 1 ? 'One person' : `${count} people`} here now: ${people}. Bots: ${bots || 'none'}.`,
      `I flew one round and counted ${count}: ${people}.${bots ? ` And the bots: ${bots}.` : ''}`,
    ],
  },
}
