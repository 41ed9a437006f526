import { ZodError } from 'zod'
import { sentence } from '../chat/answers.js'
import { ChatError } from '../errors.js'
import { fill, texts } from '../i18n/index.js'
import { acts } from './acts.js'
import type { Answered, Asked } from './ask.js'
import { ControlError, Refused } from './control-error.js'
import type { Hands } from './hands.js'

/**
 * Does what the command line asks for.
 * @throws what is no fault of who asks.
 */
export async function answer(hands: Hands, { act, args, lang }: Asked): Promise<Answered> {
  try {
    const run = Object.hasOwn(acts, act) ? acts[act] : undefined
    if (!run) throw new ControlError('unknownAct', { act })
    return { result: await run(args, { ...hands, lang }) }
  } catch (error) {
    if (error instanceof ChatError) return { faults: [sentence(error, lang)] }
    if (error instanceof Refused) return { faults: [error.say(lang)] }
    if (error instanceof ControlError) {
      return { faults: [fill(texts[lang].control[error.fault], error.values)] }
    }
    // Checked before it was sent; by another version, it seems.
    if (error instanceof ZodError)
      return { faults: [fill(texts[lang].control.unknownAct, { act })] }
    throw error
  }
}
