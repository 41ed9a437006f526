import { basename, dirname, join } from 'node:path'
import type { Bots, Placed, Removed } from '../bots/bots.js'
import type { Section } from '../config/sections.js'
import { fillSpaced, texts, type Lang, type Sentence } from '../i18n/index.js'
import type { Logger } from '../log.js'
import type { BotNameReason } from '../people/people.js'
import type { Newcomer, Plugins } from '../plugins/load.js'
import { Turns } from '../turns.js'
import { botNameOf, isBotFile } from './bot-file.js'
import { faultOf, nameFault, BotFault } from './fault.js'
import { Leaving } from './leaving.js'
import { FolderWatch } from './watch.js'

export interface DropInOptions {
  /** `bots/`; it need not be there. */
  folder: string
  plugins: Pick<Plugins, 'bring' | 'takeOut'>
  bots: Pick<Bots, 'put' | 'remove' | 'names' | 'broken' | 'forget'>
  /** Of the configuration: a file that one of them uses is loaded with its settings. */
  sections: readonly Section[]
  /** May a bot be called so? @param others What the other bots answer to. */
  judge: (
    name: string,
    others: readonly string[],
  ) => Promise<{ name: string } | { refused: BotNameReason }>
  /** Lets the rooms know. */
  tell: (how: 'came' | 'went' | 'changed', { user, isIn }: Placed | Removed) => void
  /** A file cannot be used; told in a sentence to whoever tries bots. */
  broken?: (sentence: string) => void
  /** Lets the host know, in a sentence. */
  say: (sentence: string) => void
  lang: Lang
  log: Logger
  /** How long what a bot had taken up may take when it goes, in milliseconds. */
  finish?: number
}

/** What became of a file: whether a bot stands for it, and of which save. */
interface Place {
  file: string
  version: string | undefined
  /** Of the bot that is there, if one is. */
  section?: Section
  /** The configuration names the file. */
  configured?: true
}

const typed = (commands: readonly string[]) => commands.map((name) => `/${name}`).join(' ')

const FINISH_MS = 5_000
/** The server does not wait longer at its start for those who take long. */
const PATIENCE_MS = 2_000

/**
 * Bots that are files in a folder: saving one makes it a member, saving it again another version of it,
 * deleting it lets it go. What is wrong with one is told to the host and disturbs nobody else.
 */
export class DropIn {
  readonly #options: DropInOptions
  readonly #places = new Map<string, Place>()
  /** Of each name one thing after the other. */
  readonly #work = new Turns<string>()
  readonly #leaving: Leaving
  /** Files that were told to be one too many, with their version. */
  readonly #told = new Set<string>()
  #watch: FolderWatch | undefined
  #closed = false
  #close: () => void = () => undefined
  readonly #closing = new Promise<undefined>((resolve) => (this.#close = () => resolve(undefined)))

  private constructor(options: DropInOptions) {
    this.#options = options
    const { log, finish = FINISH_MS } = options
    this.#leaving = new Leaving(finish, (error) =>
      log.error({ err: error }, 'a bot could not leave'),
    )
  }

  /** @returns once every bot that lies there is a member, or was told to be broken, or takes too long. */
  static async open(options: DropInOptions): Promise<DropIn> {
    const dropIn = new DropIn(options)
    dropIn.#watch = await FolderWatch.open({
      folder: options.folder,
      counts: isBotFile,
      changed: (files) => dropIn.#settle(files.map(botNameOf)),
    })
    dropIn.#settle(dropIn.#files.map(botNameOf).toSorted())
    await dropIn.#work.idle(PATIENCE_MS)
    return dropIn
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#close()
    await this.#watch?.close()
    await this.#work.idle()
    await this.#leaving.over()
  }

  get #files(): string[] {
    return [...(this.#watch?.files.keys() ?? [])]
  }

  /** Brings the bots of these names to where their files are. */
  #settle(names: readonly string[]): void {
    const { log } = this.#options
    for (const name of new Set(names)) {
      this.#work
        .take(name, () => this.#bring(name))
        .catch((error: unknown) => {
          log.error({ err: error }, 'a bot could not be brought')
        })
    }
  }

  async #bring(name: string): Promise<void> {
    if (this.#closed) return
    const place = this.#places.get(name)
    const files = this.#files.filter((file) => botNameOf(file) === name).toSorted()
    const file = files.find((file) => file === place?.file) ?? files[0]
    for (const other of files) if (other !== file) this.#sayOnce(other, name, file)
    if (file === undefined) return place && this.#lose(name, place)

    const version = this.#watch?.files.get(file)
    if (place?.file === file && place.version === version) return
    const configured = this.#options.sections.find(({ use }) => use === this.#path(file))
    if (configured && !place) {
      this.#places.set(name, { file, version, section: configured, configured: true })
    } else {
      await this.#load(name, { ...place, file, version }, configured)
    }
  }

  async #load(name: string, place: Place, configured: Section | undefined): Promise<void> {
    const { bots, lang, log, folder } = this.#options
    this.#places.set(name, place)
    try {
      place.section = await this.#replace(name, place, configured)
    } catch (error) {
      if (this.#closed) return
      const about = { file: this.#shown(place.file), name: place.section?.name ?? name }
      const words = place.section ? 'notReloaded' : 'notLoaded'
      const told: Sentence = (lang) => {
        const reason = faultOf(error, { ...about, folder: dirname(folder), lang })
        return fillSpaced(texts[lang].dropIn[words], { ...about, reason })
      }
      const sentence = told(lang)
      bots.broken(about.name, told)
      const plugin = `bot:${about.name}`
      log.warn({ plugin, file: about.file, why: sentence }, 'bot cannot be used as it is saved')
      this.#options.broken?.(sentence)
      this.#options.say(sentence)
    }
  }

  /** Loads what was saved; only when it is set up, it takes the place of the one before. */
  async #replace(base: string, place: Place, configured: Section | undefined): Promise<Section> {
    const { plugins, bots, lang, say } = this.#options
    const section = configured ?? (await this.#section(base, place))
    const newcomer = await this.#unlessClosing(
      plugins.bring(section, configured ? {} : { hear: 'all' }),
    )
    let placed: Placed
    try {
      placed = await bots.put(newcomer.bot)
    } catch (error) {
      await newcomer.stop()
      throw error
    }
    this.#leaving.add(placed.before, newcomer.takePlace())
    this.#options.tell(placed.before ? 'changed' : 'came', placed)

    const { taken } = newcomer
    const own = (newcomer.bot.menu ?? []).filter(({ name }) => !taken.includes(name))
    const { came, cameWith, changed, taken: takenWords } = texts[lang].dropIn
    const words = placed.before ? changed : own.length === 0 ? came : cameWith
    const about = { file: this.#shown(place.file), name: section.name }
    say(fillSpaced(words, { ...about, commands: typed(own.map(({ name }) => name)) }))
    if (taken.length > 0) say(fillSpaced(takenWords, { ...about, commands: typed(taken) }))
    return section
  }

  /** Whoever still loads when the server closes is not waited for. */
  async #unlessClosing(bringing: Promise<Newcomer>): Promise<Newcomer> {
    const newcomer = await Promise.race([bringing, this.#closing])
    if (newcomer) return newcomer
    bringing.then((late) => late.stop()).catch(() => undefined)
    throw new BotFault('the server closes')
  }

  /** A file stands for a section of its own. @throws {BotFault} if its name is not one for a bot. */
  async #section(base: string, { file }: Place): Promise<Section> {
    const { bots, judge, sections } = this.#options
    const own = this.#places.get(base)?.section?.name
    const others = [...sections.map(({ name }) => name), ...bots.names(own)]
    const judged = await judge(base, others)
    if ('refused' in judged) {
      const about = { file: this.#shown(file), name: base }
      throw new BotFault(judged.refused, (lang) => nameFault(judged.refused, about, lang))
    }
    const { name } = judged
    return { kind: 'bot', name, use: this.#path(file), rooms: [], settings: {}, lines: {} }
  }

  #lose(name: string, { file, section, configured }: Place): void {
    const { plugins, bots, lang, say, tell } = this.#options
    const words = texts[lang].dropIn
    const about = { file: this.#shown(file), name: section?.name ?? name }
    if (section && configured) {
      return say(fillSpaced(words.namedInConfig, { ...about, section: `bot:${section.name}` }))
    }
    this.#places.delete(name)
    if (!section) return bots.forget(name)
    const removed = bots.remove(section.name)
    this.#leaving.add(removed, plugins.takeOut(section))
    if (removed) tell('went', removed)
    say(fillSpaced(words.went, about))
    this.#tryAgain()
  }

  /** A name is free: who was not let in for it may be now. */
  #tryAgain(): void {
    const waiting = [...this.#places].filter(([, { section }]) => !section)
    for (const [name, place] of waiting) {
      place.version = undefined
      this.#settle([name])
    }
  }

  #sayOnce(file: string, name: string, other: string | undefined): void {
    const key = `${file} ${this.#watch?.files.get(file)}`
    if (this.#told.has(key)) return
    this.#told.add(key)
    const about = { file: this.#shown(file), name, other: this.#shown(other ?? '') }
    this.#options.say(fillSpaced(texts[this.#options.lang].dropIn.second, about))
  }

  #path(file: string): string {
    return join(this.#options.folder, file)
  }

  /** `bots/dice.js` */
  #shown(file: string): string {
    return `${basename(this.#options.folder)}/${file}`
  }
}
