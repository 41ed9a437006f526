import { ChatError } from '../../errors.js'
import { fillIn, SENT } from '../../form.js'
import type { EventExtra, FormValues } from '../../protocol.js'
import type { RoomHandler } from '../pipeline.js'

/** What somebody chooses under a bot's message, or writes into its form. */
export const answer: RoomHandler<'answer'> = async (ctx, { change }) => {
  const { message, choices, form } = ctx.frame
  const asked = (await ctx.room.bySeq(message))?.card
  // Whether it still takes answers is for the store to say; what it asks for never changes.
  const isForm = asked?.fields !== undefined && !asked.closed
  if (form && asked && !asked.fields) throw new ChatError('no_such_choice')
  const extra = isForm ? filled(asked.fields ?? [], form ?? {}) : { choices: [...new Set(choices)] }
  await change(ctx, { data: '', extra: { message, ...extra } })
}

/** @throws {ChatError} `wrong_fields`, with a sentence for each that does not hold. */
function filled(
  fields: Parameters<typeof fillIn>[0],
  given: FormValues,
): Pick<EventExtra, 'choices' | 'form'> {
  const result = fillIn(fields, given)
  if ('faults' in result) throw new ChatError('wrong_fields', { fields: result.faults })
  return { choices: [SENT], form: result.values }
}
