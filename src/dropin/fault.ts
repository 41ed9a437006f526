import { StartError } from '../errors.js'
import { fillSpaced, texts, type Lang, type Sentence } from '../i18n/index.js'
import type { BotNameReason } from '../people/people.js'
import { ModuleFault } from '../plugins/module/module-fault.js'
import { reasonOf } from '../plugins/load/reason.js'

/** Why a file is no bot. */
export class BotFault extends Error {
  override readonly name = 'BotFault'
  readonly say: Sentence

  /** @param message For the log. @param say For its author. */
  constructor(message: string, say: Sentence = () => message) {
    super(message)
    this.say = say
  }
}

interface About {
  /** As people see it: `bots/dice.js`. */
  file: string
  name: string
}

/** What was thrown, in a sentence that begins with the place. */
export function faultOf(
  error: unknown,
  { file, name, folder, lang }: About & { folder: string; lang: Lang },
): string {
  if (error instanceof BotFault) return error.say(lang)
  if (error instanceof StartError) {
    const faults = error.faults.join(' ')
    return fillSpaced(texts[lang].dropIn.needsSection, { file, name, faults })
  }
  const placed = error instanceof ModuleFault && error.data.file !== undefined
  const reason = reasonOf(error, lang, folder).replace(/[.。]$/, '')
  return placed ? reason : `${file}: ${reason}`
}

export function nameFault(refused: BotNameReason, about: About, lang: Lang): string {
  const { names, dropIn } = texts[lang]
  if (refused === 'reserved' || refused === 'bot' || refused === 'person') {
    return fillSpaced(dropIn.names[refused], { ...about })
  }
  return fillSpaced(dropIn.names.rule, { ...about, rule: names[refused].replace(/[.。]$/, '') })
}
