import { el } from '../components/dom.js'
import { suggest } from '../components/suggest.js'
import { find } from '../models/suggestions.js'
import { boot, texts } from './boot.js'
import { facePicture } from './faces.js'
import { emojiBook } from './emoji.js'
import { mayJudge } from './judge.js'

/** @typedef {import('../models/timeline.js').User & {initials?: string}} User */

/** All that there are: who types `/` alone looks through them. */
const COMMANDS = 100

/** By these everybody is called, in either language. */
export const EVERYBODY = ['all', '所有人']

/**
 * What the field finishes: names after `@`, emoji after `:`, bots' commands after `/`.
 * @param {{input: HTMLTextAreaElement, list: HTMLElement, people: () => User[], aliasesOf: (id: number) => readonly string[],
 *   mayCallAll: () => boolean, connection: import('../socket.js').Connection}} room `people`: everybody known here, without me.
 */
export function suggestions({ input, list, people, aliasesOf, mayCallAll, connection }) {
  /** @param {User} user */
  const wordsOf = ({ id, name, initials }) => [
    name,
    ...aliasesOf(id),
    ...(initials ? [initials] : []),
  ]
  /** @param {User} user */
  const option = (user) => personOption(user, aliasesOf(user.id))
  /** A name that stands there whole wants nothing more: Enter is to send it. @param {string} query @param {User[]} users */
  const unlessWhole = (query, users) => {
    const [first] = users
    return first && [first.name, ...aliasesOf(first.id)].includes(query) ? [] : users
  }
  /** @type {Promise<Command[]> | undefined} */
  let offered
  suggest({
    input,
    list,
    sources: {
      '@': (query) => [
        ...unlessWhole(query, find(query, people(), wordsOf)).map(option),
        ...(mayCallAll() && !EVERYBODY.includes(query) ? find(query, [everybody], allWords) : []),
      ],
      ' '(query) {
        const judged = find(query, people().filter(mayJudge), wordsOf)
        return unlessWhole(query, judged).map((user) => ({
          ...option(user),
          insert: user.name,
        }))
      },
      async ':'(query, whole) {
        const book = await emojiBook()
        const found = whole ? [book.ofCode(query) ?? []].flat() : book.byCode(query)
        return found.map(emojiOption)
      },
      '/': async (query) => {
        // Asked when a command begins, not at each letter: Enter must not meet an answer about an earlier one.
        if (query === '') offered = undefined
        const all = await (offered ??= commands())
        const several = new Set(all.flatMap(({ bot }) => bot ?? [])).size > 1
        const draw = (/** @type {Command} */ one) => ({
          ...commandOption(one, several),
          whole: isCalled(one, query),
        })
        return find(query, all, commandWords, COMMANDS).map(draw)
      },
    },
  })

  /** A server without commands, or without a line to it, offers none. @returns {Promise<Command[]>} */
  async function commands() {
    const frame = { type: 'commands', room: boot.room.name }
    const answer = await connection.request(frame).catch(() => ({ commands: [] }))
    return answer.commands
  }
}

/** @param {User} user @param {readonly string[]} aliases Whoever cannot type the name may type one of these. */
const personOption = (user, aliases) => ({
  insert: `@${user.name}`,
  label: user.name,
  ...(aliases.length > 0 && { also: aliases.map((alias) => `@${alias}`).join(' ') }),
  note: user.kind === 'bot' ? texts.bot : '',
  picture: facePicture(user, { class: 'avatar', width: 28, height: 28 }),
})

/** Everybody at once, in the page's language. */
const everybody = {
  insert: `@${texts.suggest.all}`,
  label: texts.suggest.all,
  note: texts.suggest.allNote,
  picture: el('span', { class: 'suggest__emoji', 'aria-hidden': 'true' }, '@'),
}

/** Either name finds it, and the initials of the Chinese one. */
const allWords = () => [...EVERYBODY, 'syr']

/** @param {import('../models/emoji.js').Emoji} one */
const emojiOption = ({ emoji, name, codes }) => ({
  insert: emoji,
  label: name,
  note: `:${codes[0]}:`,
  picture: el('span', { class: 'suggest__emoji' }, emoji),
})

/** @typedef {{name: string, aliases?: string[], initials?: string[], help?: string, bot?: string}} Command */

/** @param {Command} command */
const commandWords = ({ name, aliases = [], initials = [] }) => [name, ...aliases, ...initials]

/** Whether it is written out. @param {Command} command @param {string} query */
const isCalled = ({ name, aliases = [] }, query) => [name, ...aliases].includes(query.toLowerCase())

/** @param {Command} command @param {boolean} several Bots have commands here: of each it is told whose it is. */
const commandOption = ({ name, aliases = [], help = '', bot }, several) => ({
  insert: `/${name}`,
  label: `/${name}`,
  also: aliases.map((alias) => `/${alias}`).join(' '),
  about: help,
  ...(several && bot && { owner: bot }),
})
