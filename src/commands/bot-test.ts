import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Section } from '../config/sections.js'
import { botNameOf } from '../dropin/bot-file.js'
import { Exit, StartError } from '../errors.js'
import { fill, texts, type Lang } from '../i18n/index.js'
import type { Happening, Rehearsed } from '../testing/rehearse.js'
import type { ActCommand } from './act.js'
import type { CommandContext } from './command.js'

/** Rehearses a bot, or several, with people who are not there. */
export const botTest: ActCommand = {
  form: (lang) => ({
    help: texts[lang].botTools.help.test,
    usage: `${texts[lang].botTools.words.file} … ${texts[lang].botTools.words.talk}`,
    faults({ words }) {
      const { faults, words: names } = texts[lang].botTools
      return words.some((word) => !isTalk(word)) ? [] : [fill(faults.missing, { word: names.file })]
    },
  }),

  async run(context) {
    const { config, cwd, given, lang, print } = context
    const talks = given.words.filter(isTalk).map((word) => existing(resolve(cwd, word), lang))
    const sections = given.words.filter((word) => !isTalk(word)).map((w) => sectionOf(w, context))
    const { rehearse } = await import('../testing/rehearse.js')
    const went = await rehearse({
      sections,
      lang,
      dataDir: config.server.data,
      folder: config.file === undefined ? cwd : dirname(config.file),
      tell: (what) => print(lineOf(what, lang)),
      ...(config.file !== undefined && { configFile: config.file }),
      ...(talks.length > 0 && {
        talk: talks.map((file) => readFileSync(file, 'utf8')).join('\n'),
      }),
    })
    print(summary(went, lang))
    return went.faults === 0 ? Exit.ok : Exit.failure
  },
}

const isTalk = (word: string): boolean => word.endsWith('.txt')

function existing(file: string, lang: Lang): string {
  if (existsSync(file)) return file
  throw new StartError([fill(texts[lang].botTools.faults.noFile, { file })], Exit.usage)
}

/** A section of the configuration by its name or its file; otherwise the file alone, as in `bots/`. */
function sectionOf(word: string, { config, cwd, lang }: CommandContext): Section {
  const file = resolve(cwd, word)
  const configured = config.plugins.find(({ name, use }) => name === word || use === file)
  if (configured) return { ...configured, rooms: [] }
  const isFile = /\.[cm]?[jt]s$/.test(word)
  const name = isFile ? botNameOf(word.replace(/^.*[\\/]/, '')) : word
  const use = isFile ? existing(file, lang) : word
  return { kind: 'bot', name, use, rooms: [], settings: {}, lines: {} }
}

function lineOf(what: Happening, lang: Lang): string {
  const words = texts[lang].botTools.test
  switch (what.kind) {
    case 'says':
    case 'chooses':
      return `${what.name}: ${what.text}`
    case 'refused':
      return `  ! ${fill(words.refused, { name: what.name, text: what.text })}`
    case 'answers': {
      const { name, text, ms, alone, edited, card = [] } = what
      const about = [
        ms === undefined ? words.timed : `${ms} ms`,
        ...(alone === undefined ? [] : [fill(words.alone, { name: alone })]),
        ...(edited ? [words.edited] : []),
      ]
      const lines = [...text.split('\n'), ...card.map(({ id, label }) => `[${id}] ${label}`)]
      return `    ${name} (${about.join(', ')}): ${lines.join('\n        ')}`
    }
    case 'comes':
    case 'leaves':
      return fill(words[what.kind], { name: what.name })
    case 'missed':
      return `  ! ${fill(words.missed, { line: what.line, name: what.name, text: what.text })}`
    case 'wrong':
      return `  ! ${fill(words.wrong, { line: what.line, text: what.text })}`
    case 'rejected':
      return `    ${fill(words.rejected, { text: what.text })}`
    case 'log':
      return `    ${fill(words.log, { text: what.text })}`
    default:
      return `  ! ${fill(words[what.kind], { text: what.text })}`
  }
}

const summary = ({ answers, slowest, timed, faults }: Rehearsed, lang: Lang): string => {
  const { answered, silent, byTimer, fine, faulty } = texts[lang].botTools.test
  return [
    fill(answers === 0 ? silent : answered, { answers, slowest }),
    ...(timed === 0 ? [] : [fill(byTimer, { timed })]),
    fill(faults === 0 ? fine : faulty, { faults }),
  ].join(lang === 'en' ? ' ' : '')
}
