import { createBots, type Bots, type BotsOptions } from '../bots/bots.js'
import { forgetful, type Values } from '../bots/keep.js'
import { commandIn, saidAsCommand } from '../command-line.js'
import type { AnswerFor, Deliver, Say } from '../chat/face.js'
import { ChatError } from '../errors.js'
import { fillIn, SENT } from '../form.js'
import type { Lang } from '../i18n/index.js'
import type { Logger } from '../log.js'
import type { FormValues } from '../plugin.js'
import type { Plugins } from '../plugins/load.js'
import type { NumberedEvent, User } from '../protocol.js'
import { Cast } from './cast.js'
import { Stage, type Aside } from './stage.js'

export interface CompanyOptions {
  plugins: Plugins
  log: Logger
  lang: Lang
  /** Where bots keep their values. */
  values?: Values
  cast?: Cast
  /** Its name. */
  room?: string
  /** What was said there goes on. */
  before?: Stage
  /** Told of all that happens. */
  seen?: (what: Seen) => void
  /** How bots' timers are started. */
  every?: BotsOptions['every']
}

/** An event of the room, or what one person reads alone. */
export type Seen = { event: NumberedEvent } | { aside: Aside }

/** Plugins, bots and simulated people around one stage, wired as the server wires them. */
export interface Company {
  stage: Stage
  bots: Bots
  comes(name: string): User
  leaves(name: string): void
  /**
   * Says something through the door, or calls a command.
   * @returns the number of the line; undefined: a command answered it.
   * @throws {ChatError} when a plugin rejects it.
   */
  says(name: string, text: string, more?: { replyTo?: number }): Promise<number | undefined>
  /** Another text for a line of theirs. */
  edits(name: string, message: number, text: string): Promise<void>
  takesBack(name: string, message: number): Promise<void>
  /** Their answer to a card. @throws {ChatError} when it does not count. */
  answers(name: string, message: number, choices: readonly string[]): Promise<void>
  /** What they write into the form of a card. @throws {ChatError} when it does not count. */
  fills(name: string, message: number, values: FormValues): Promise<void>
  /** Resolves when no plugin and no bot has anything to do. */
  idle(): Promise<void>
  close(): Promise<void>
}

export async function openCompany(options: CompanyOptions): Promise<Company> {
  const { plugins, log, lang, room, before, seen, every } = options
  const { values = forgetful(), cast = new Cast() } = options
  const stage: Stage = new Stage({
    ...(room !== undefined && { name: room }),
    ...(before && { before }),
    bots: () => bots.members(stage),
    called: () => bots.called(stage),
    heard(event) {
      seen?.({ event })
      bots.hear(event, stage, lang)
    },
    whispered: (aside) => seen?.({ aside }),
  })

  const deliver: Deliver = (say) =>
    plugins.chain.empty
      ? stage.store(say, say.data)
      : plugins.chain.run(say, (text) => stage.store(say, text))
  const door = {
    deliver,
    takeBack: async ({ user, cid, message }: { user: User; cid: string; message: number }) =>
      stage.takeBack(user, cid, message),
    answerFor: async ({ user, cid, message, choices }: Parameters<AnswerFor>[0]) =>
      stage.answer(user, cid, message, { choices }),
    silence: async ({ userId, ms }: { userId: number; ms: number }) => {
      stage.mutes.set(userId, ms)
      return true
    },
    identify: async (name: string, first: boolean) => cast.bot(name, first),
    values,
  }
  const bots: Bots = await createBots({
    definitions: plugins.bots,
    rooms: async () => [stage],
    lang,
    log,
    ...(every && { every }),
    ...door,
  })
  plugins.open(door)

  let count = stage.events.length
  const line = (name: string, data: string): Say => {
    const user = cast.person(name)
    if (!stage.here.has(user.id)) throw new Error(`${name} is not in the room`)
    count += 1
    return { room: stage, user, cid: `line-${count}`, data, lang }
  }

  return {
    stage,
    bots,
    comes(name) {
      const user = cast.person(name)
      stage.here.set(user.id, user)
      bots.moved('join', user, stage, lang)
      return user
    },
    leaves(name) {
      const { user } = line(name, '')
      stage.here.delete(user.id)
      bots.moved('left', user, stage, lang)
    },
    async says(name, text, { replyTo } = {}) {
      const modeOf = (bot: string) =>
        bots.members(stage).some((one) => one.name === bot) ? 'on' : 'absent'
      const said = saidAsCommand(text, (word) =>
        plugins.commands
          .list(stage.name, modeOf)
          .some((one) => one.name === word || one.aliases.includes(word)),
      )
      const say = line(name, said)
      const { name: word, args } = commandIn(said) ?? { name: '', args: '' }
      const found = plugins.commands.get(word, stage.name, modeOf)
      if (!found) {
        const quote = replyTo === undefined ? {} : { reply_to: replyTo }
        return (await deliver({ ...say, ...quote })).seq
      }
      const { room, user, cid } = say
      const answer = await found.command({ room, user, cid, line: said, args, lang })
      const [by] = bots.members(stage)
      if (typeof answer === 'string' && answer !== '' && by)
        stage.whisper(user.id, { user: by, data: answer })
      return undefined
    },
    async edits(name, message, text) {
      await deliver({ ...line(name, text), edits: message })
    },
    async takesBack(name, message) {
      const { user, cid } = line(name, '')
      await stage.takeBack(user, cid, message)
    },
    async answers(name, message, choices) {
      const { user, cid } = line(name, '')
      await stage.answer(user, cid, message, { choices })
    },
    async fills(name, message, values) {
      const { user, cid } = line(name, '')
      const fields = stage.card(message)?.fields
      if (!fields) throw new ChatError('no_such_choice')
      const filled = fillIn(fields, values)
      if ('faults' in filled)
        throw new ChatError('wrong_fields', {
          fields: filled.faults,
          sentence: JSON.stringify(filled.faults),
        })
      await stage.answer(user, cid, message, { choices: [SENT], values: filled.values })
    },
    async idle() {
      await plugins.idle()
      await bots.idle()
    },
    close: () => bots.close(),
  }
}

/** A plugin's word against a line; anything else is a failure of the test's own. */
export const rejectedBy = (error: unknown): string | undefined =>
  error instanceof ChatError && error.code === 'denied' ? error.message : undefined
