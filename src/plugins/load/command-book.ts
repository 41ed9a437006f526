import { hasCommand } from '../../bots/hearing/calling.js'
import type { Command, CommandWords, Commands, ModeOf } from '../../chat/face.js'
import type { Section } from '../../config/sections.js'
import type { Command as Words } from '../../bots/hearing/wakes.js'

/** What a section brings to it. */
export interface Chapter {
  section: Section
  /** Answered instead of delivered. */
  commands: readonly (Words & { command: Command })[]
  /** All of them, also those that are heard as lines. */
  menu: readonly Words[]
  /** A line with one of these alone reaches it. */
  heeds: boolean
  /** What it can do, another one does instead that has the same command. */
  yields: boolean
}

/**
 * The commands of all sections, in their rooms. What is answered at once goes before what bots hear as lines, and there
 * a name before another's alias. Else, of two of one name who yields comes last, then the first section's holds.
 */
export function commandBook(all: readonly Chapter[]): Commands {
  const chapters = [...all.filter((each) => !each.yields), ...all.filter((each) => each.yields)]
  const openIn = (room: string, modeOf: ModeOf) =>
    chapters.filter(({ section: { kind, name, rooms } }) =>
      kind === 'bot' ? modeOf(name) !== 'absent' : rooms.length === 0 || rooms.includes(room),
    )

  return {
    get(name, room, modeOf) {
      const found = atOnce(name, openIn(room, modeOf))
      return found && { command: found.command, ...botOf(found.chapter) }
    },

    list(room, modeOf) {
      const open = openIn(room, modeOf)
      const mode = ({ section }: Chapter) => (section.kind === 'bot' ? modeOf(section.name) : 'on')
      const hearing = open.filter(
        (chapter) => mode(chapter) === 'all' || (mode(chapter) === 'on' && chapter.heeds),
      )
      const answering = (name: string) =>
        atOnce(name, open)?.chapter ?? hearing.find((chapter) => hasCommand(chapter, name))
      return open
        .filter((chapter) => mode(chapter) !== 'off')
        .flatMap((chapter) => wordsOf(chapter, (name) => answering(name) === chapter))
    },
  }
}

function atOnce(name: string, open: readonly Chapter[]) {
  const commands = open.flatMap((chapter) => chapter.commands.map((one) => ({ ...one, chapter })))
  return (
    commands.find((each) => each.name === name) ??
    commands.find(({ aliases }) => aliases.includes(name))
  )
}

/** @param answers Whether it is the one that answers a name. */
const wordsOf = (chapter: Chapter, answers: (name: string) => boolean): CommandWords[] =>
  chapter.menu
    .filter(({ name }) => answers(name))
    .map(({ aliases, ...words }) => ({
      ...words,
      aliases: aliases.filter(answers),
      ...botOf(chapter),
    }))

const botOf = ({ section: { kind, name } }: Chapter) => (kind === 'bot' ? { bot: name } : {})
