import type { Command, CommandWords, Commands } from '../../chat/face.js'
import type { Section } from '../../config/sections.js'
import type { Command as Words } from '../../bots/hearing/wakes.js'

/** What a section brings to it. */
export interface Chapter {
  section: Section
  /** Answered instead of delivered. */
  commands: readonly (Words & { command: Command })[]
  /** All of them, also those that are heard as lines. */
  menu: readonly Words[]
  /** What it can do, another one does instead that has the same command. */
  yields: boolean
}

/**
 * The commands of all sections, in their rooms. Of two of one name who yields comes last, then the
 * first section's holds; and a name goes before another's alias.
 */
export function commandBook(all: readonly Chapter[]): Commands {
  const chapters = [...all.filter((each) => !each.yields), ...all.filter((each) => each.yields)]
  const here = ({ section }: Chapter, room: string) =>
    section.rooms.length === 0 || section.rooms.includes(room)

  return {
    get(name, room) {
      const open = chapters.filter((chapter) => here(chapter, room))
      const commands = open.flatMap(({ commands }) => commands)
      const found =
        commands.find((each) => each.name === name) ??
        commands.find(({ aliases }) => aliases.includes(name))
      return found?.command
    },

    list(room) {
      const words = chapters.filter((chapter) => here(chapter, room)).flatMap(wordsOf)
      const names = words.map(({ name }) => name)
      return words.filter(({ name }, index) => names.indexOf(name) === index)
    },
  }
}

const wordsOf = ({ section: { kind, name: bot }, menu }: Chapter): CommandWords[] =>
  menu.map((words) => ({ ...words, ...(kind === 'bot' && { bot }) }))
