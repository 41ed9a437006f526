import { fill, fold } from '../models/words.js'
import { texts } from './boot.js'
import { confirm } from './confirm.js'
import { mayJudge } from './judge.js'
import { me } from './me.js'

/** What a moderator may type that is asked about first, as it is from the menu; the names are the server's. @type {Map<string, 'kick' | 'ban'>} */
const ASKED = new Map([
  ['kick', 'kick'],
  ['踢', 'kick'],
  ['请出', 'kick'],
  ['ban', 'ban'],
  ['封', 'ban'],
  ['封禁', 'ban'],
])

/**
 * Commands that send people away: typed, they do the same as the menu of a person, and ask the same.
 * @param {{people: () => import('../models/timeline.js').User[], judging: ReturnType<typeof import('./judge.js').judge>,
 *   takeBack: (text: string) => void}} room
 */
export function typedOrders({ people, judging, takeBack }) {
  /** @param {string} text @param {() => void} say Leaves it to the server. @returns {boolean} It is such a command. */
  return function take(text, say) {
    const { command = '', name = '' } =
      /^[/／、](?<command>\S+)\s+[@＠]?(?<name>\S.*)$/su.exec(text.trim())?.groups ?? {}
    const deed = ASKED.get(command.toLowerCase())
    if (!deed || me.role === undefined) return false
    void ask(deed, name, say).then((done) => done || takeBack(text))
    return true
  }

  /** @param {'kick' | 'ban'} deed @param {string} name @param {() => void} say */
  async function ask(deed, name, say) {
    const user = people().find((one) => fold(one.name) === fold(name))
    if (user && mayJudge(user)) return judging[deed](user)
    const { person } = texts
    // Nobody whom the page knows: the server does, and acts in this room.
    const sentence = { kick: person.kickSentence, ban: person.banRoom }[deed]
    const yes = { kick: person.kickYes, ban: person.banYes }[deed]
    const sure = user !== undefined || (await confirm(fill(sentence, { name }), yes))
    if (sure) say()
    return sure
  }
}
