import type { Circuit } from '../../bots/circuit.js'
import { clean } from '../../bots/speaking/fit.js'
import type { Command } from '../../chat/face.js'
import { texts } from '../../i18n/index.js'
import type { Logger } from '../../log.js'
import type { PluginLog } from '../../plugin.js'
import { LineContext } from './line-context.js'
import { Line } from './line.js'
import { ownTime } from './own-time.js'
import type { Parts } from '../load/parts.js'
import { Rejection } from './rejection.js'
import type { Speaker } from './speaker.js'

export interface CommandOptions {
  /** The section's name: whose identity `ctx.reply` has. */
  section: string
  /** Its host lets it mute people and take their lines back. */
  moderates: boolean
  timeout: number
  circuit: Circuit
  speaker: Speaker
  pluginLog: PluginLog
  log: Logger
}

/** A plugin's command, guarded: whoever calls it gets an answer, or a sentence that says there is none. */
export const guardedCommand = (
  { name, run }: Parts['commands'][number],
  { section, moderates, timeout, circuit, speaker, pluginLog, log }: CommandOptions,
): Command =>
  async function command({ room, user, cid, line: data, args, lang }) {
    const failed = texts[lang].plugins.commandFailed
    if (!circuit.admits()) return failed
    const line = new Line({ room, user, cid, data, lang })
    const speaks = { speaker, section: { name: section, moderates } }
    const ctx = new LineContext(line, { ...speaks, log: pluginLog, turn: { fixed: true }, args })
    const time = ownTime(timeout, (reason) => ctx.abort(reason))

    try {
      const answer = await Promise.race([run(ctx, args), time.up])
      await line.replies.get(section)?.endDrafts('done')
      await line.replies.get(section)?.settled()
      circuit.succeeded()
      return typeof answer === 'string' ? clean(answer) : undefined
    } catch (error) {
      if (error instanceof Rejection) {
        circuit.succeeded()
        return error.message
      }
      log.warn({ err: error, command: name }, 'command failed')
      circuit.failed()
      return failed
    } finally {
      time.end()
      void line.replies.get(section)?.endDrafts('error')
    }
  }
